package org.asyncmigrations.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncmigrations.guard.Finding;
import org.asyncmigrations.guard.Guard;
import org.asyncmigrations.guard.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code guard}. */
@Command(
        name = "guard",
        description = {
            "Checks what SQL scripts would do to live tables: what they block, rewrite or remove. It runs them in a new"
                    + " database on a throw-away server, and drops that database afterwards. It doesn't touch the live"
                    + " database.",
            "Exit code 0 if nothing needs a decision, 1 if something does."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  docker run -d -p 5432:5432 -e POSTGRES_PASSWORD=… postgres:18",
            "  export ASYNC_MIGRATIONS_SERVER=jdbc:postgresql://localhost/postgres",
            "  export ASYNC_MIGRATIONS_SERVER_USER=postgres",
            "  export ASYNC_MIGRATIONS_SERVER_PASSWORD=…",
            "  pg_dump --schema-only shop > shop.sql",
            "  async-migrations guard V42__nick.sql --schema-from shop.sql",
            "  async-migrations guard db/V42__nick.sql --schema-from db --one-transaction"
        })
final class GuardVerb implements Callable<Integer> {
    private final Root root;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The scripts that are not released yet, in order.")
    private List<Path> files = List.of();

    @Option(
            names = "--schema-from",
            paramLabel = "PATH",
            description = "What is already released: a dump without data, or a directory with the scripts. From a"
                    + " directory, all *.sql files except the FILEs are run, in the order of the numbers in their"
                    + " names.")
    private @Nullable Path schemaFrom;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "A throw-away server, PostgreSQL or MariaDB, of the same product and version as production;"
                    + " default: ASYNC_MIGRATIONS_SERVER.")
    private @Nullable String server;

    @Option(
            names = "--server-credentials",
            paramLabel = "FILE",
            description = "Like --credentials, for the server; default: ASYNC_MIGRATIONS_SERVER_USER and"
                    + " ASYNC_MIGRATIONS_SERVER_PASSWORD.")
    private @Nullable Path credentials;

    @Option(
            names = "--one-transaction",
            description = "Run each script in one transaction, as Flyway does on PostgreSQL.")
    private boolean inOneTransaction;

    @Option(
            names = "--live",
            description =
                    "Read from the live database (--url) how large its tables are, which settings its sessions have and"
                            + " which instances run. Changes nothing there.")
    private boolean live;

    GuardVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        files.forEach(GuardVerb::mustExist);
        List<Path> released = schemaFrom == null ? List.of() : SchemaScripts.in(schemaFrom, files);
        Report report;
        try (ScratchDatabase scratch = ScratchDatabase.on(serverDatabase())) {
            Guard guard = Guard.on(scratch.dataSource()).schema(released.toArray(Path[]::new));
            guard = live ? guard.live(root.database()) : guard;
            report = (inOneTransaction ? guard.inOneTransaction() : guard).check(files.toArray(Path[]::new));
        } catch (IllegalStateException problem) {
            // Said for people already.
            throw new org.asyncmigrations.MigrationException(0, problem.getMessage(), problem);
        }
        int code = report.findings().isEmpty() ? Exit.DONE : Exit.FAILED;
        root.print(root.isJson() ? json(report, code) : report.toString().stripTrailing());
        return code;
    }

    private static void mustExist(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
    }

    private Database serverDatabase() {
        Map<String, String> env = root.terminal().env();
        String url = server == null ? env.getOrDefault("ASYNC_MIGRATIONS_SERVER", "") : server;
        if (url.isBlank()) {
            throw new IllegalArgumentException(
                    "no throw-away server is named; give --server, or set ASYNC_MIGRATIONS_SERVER");
        }
        Database database = Database.of(
                url,
                credentials,
                Map.of(
                        "ASYNC_MIGRATIONS_USER", env.getOrDefault("ASYNC_MIGRATIONS_SERVER_USER", ""),
                        "ASYNC_MIGRATIONS_PASSWORD", env.getOrDefault("ASYNC_MIGRATIONS_SERVER_PASSWORD", "")));
        if (root.liveUrl().filter(live -> ScratchDatabase.isOnServer(live, url)).isPresent()) {
            throw new IllegalArgumentException(
                    "the live database's server is not a throw-away server; give another one with --server");
        }
        return database;
    }

    private static String json(Report report, int code) {
        return Json.text(Json.object(
                "exitCode",
                code,
                "findings",
                report.findings().size(),
                "statements",
                report.statements().stream().map(GuardVerb::json).toList()));
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        return Json.object(
                "file",
                finding.file(),
                "line",
                finding.line(),
                "statement",
                finding.statement(),
                "verdict",
                finding.verdict().label(),
                "finding",
                finding.isOpen(),
                "observed",
                finding.observed(),
                "instead",
                finding.safeWay(),
                "accepted",
                finding.accepted().orElse(null));
    }
}
