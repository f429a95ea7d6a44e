package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java migrations of Flyway: each statement that they send is judged. */
class WatchedCodeTest {
    @TempDir
    private Path folder;

    private DataSource emptyDatabase;

    @BeforeEach
    void shop() throws Exception {
        emptyDatabase = ThrowAway.emptied();
        ThrowAway.script(
                folder,
                "V1__shop.sql",
                "create table orders (id bigint primary key, customer_id bigint, status text);");
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(emptyDatabase).locations("filesystem:" + folder);
    }

    private Report check(FluentConfiguration configuration) {
        Flyway flyway = configuration.load();
        return Guard.on(emptyDatabase).check(FlywayMigrations.of(flyway).releasedUpTo("1"));
    }

    private static List<String> verdicts(Report report) {
        return report.statements().stream()
                .map(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.verdict().label())
                .toList();
    }

    private Report checkJava(BaseJavaMigration migration) {
        return check(flyway().javaMigrations(migration));
    }

    /** Found by its name, or handed over. */
    public static final class V2__Split extends BaseJavaMigration {
        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("alter table orders add column a int"); // first
                statement.executeUpdate("create index i on orders (status)"); // second
            }
            try (PreparedStatement update = context.getConnection().prepareStatement("update orders set status = ?")) {
                update.setString(1, "new");
                assertThat(update.executeUpdate()).isEqualTo(1); // third
            }
        }
    }

    /** For MariaDB. */
    public static final class V3__Amount extends BaseJavaMigration {
        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("alter table orders add column amount int");
            }
            try (PreparedStatement update = context.getConnection().prepareStatement("update orders set amount = ?")) {
                update.setInt(1, 7);
                update.executeUpdate();
            }
        }
    }

    private static int line(String mark) throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/java/org/asyncmigrations/guard/WatchedCodeTest.java"));
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).endsWith("// " + mark)) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException(mark);
    }

    @Test
    void codeIsWatched() throws Exception {
        Report report = checkJava(new V2__Split());

        assertThat(verdicts(report))
                .containsExactly(
                        "WatchedCodeTest.java:" + line("first") + " blocks-reads",
                        "WatchedCodeTest.java:" + line("second") + " harmless",
                        "WatchedCodeTest.java:" + line("third") + " cannot-be-judged");
        assertThat(report.statements().get(0).observed())
                .contains("holds ACCESS EXCLUSIVE on orders until its transaction ends; line %d reads all of orders"
                        .formatted(line("second")));
    }

    @Test
    void codeIsFoundOnTheClassPath() throws Exception {
        Report report = check(flyway().locations("filesystem:" + folder, "classpath:org/asyncmigrations/guard/code"));

        assertThat(verdicts(report)).containsExactly("V2__Index.java:12 harmless");
    }

    /** Has a transaction of its own for each statement, or none. */
    abstract static class Plain extends BaseJavaMigration {
        @Override
        public org.flywaydb.core.api.MigrationVersion getVersion() {
            return org.flywaydb.core.api.MigrationVersion.fromVersion("2");
        }

        @Override
        public String getDescription() {
            return "plain";
        }

        @Override
        protected void init() {
            // It has its version.
        }
    }

    private static Plain migration(Migration.Body body) {
        return new Plain() {
            @Override
            public void migrate(Context context) throws Exception {
                body.run(context.getConnection());
            }
        };
    }

    @Test
    void codeMayEndItsTransaction() throws Exception {
        assertThat(verdicts(checkJava(migration(connection -> {
                    Statement statement = connection.createStatement();
                    statement.execute("alter table orders add column a int");
                    connection.commit();
                    statement.execute("select count(*) from orders");
                    connection.rollback();
                    connection.setAutoCommit(true);
                    statement.execute("create index concurrently i on orders (status)");
                }))))
                .allMatch(line -> line.endsWith("short-lock") || line.endsWith("harmless"))
                .hasSize(3);
    }

    @Test
    void codeThatFailsIsSaid() throws Exception {
        Report report = checkJava(migration(connection -> {
            connection.createStatement().execute("select 1");
            throw new IllegalStateException("no key in the\nvault");
        }));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .containsExactly(
                                "it failed here, so what it does after that was not seen: no key in the vault"));
    }

    @Test
    void codeGetsTheRefusalOfItsStatement() throws Exception {
        Report report = checkJava(migration(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter table nothing add column a int");
            } catch (SQLException refused) {
                connection.createStatement().execute("select 1");
            }
        }));

        assertThat(report.statements())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.CANNOT_BE_JUDGED, Verdict.HARMLESS);
    }

    @Test
    void codeThatSendsNothingIsAFinding() throws Exception {
        assertThat(checkJava(migration(connection -> {})).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .containsExactly("it sent no statement through its connection, so there was nothing to check"));
    }

    @Test
    void codeThatLeavesTheWatchedConnectionIsAFinding() throws Exception {
        Report report = checkJava(migration(connection ->
                connection.unwrap(org.postgresql.PGConnection.class).getBackendPID()));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .containsExactly("it used the driver's own connection; what it did with that was not seen"));
    }

    @Test
    void codeMayNotReachBeyondTheDatabase() throws Exception {
        Report report =
                checkJava(migration(connection -> connection.createStatement().execute("create role other")));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .containsExactly("it changes more than this database, so it was not run"));
    }
}
