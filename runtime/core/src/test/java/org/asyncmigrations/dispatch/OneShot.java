package org.asyncmigrations.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.OwnThreads;

/**
 * A process that only migrates, as runtime/KUBERNETES.md shows it. Arguments: the database's URL; its user; the build's migrations;
 * what to wait for: until all are done, until nothing continues without an order ({@code held}), or until it is closed; and how
 * long.
 */
final class OneShot {
    private OneShot() {}

    /** The migrations of a build. */
    enum Build {
        /** A migration that is done quickly. */
        GOOD(new TestCatalog().data(1, run -> {})),
        /** One that fails. */
        BAD(new TestCatalog().data(1, run -> {
            throw new IllegalStateException("no");
        })),
        /** And one that waits for the release. */
        AFTER(new TestCatalog().data(1, run -> {}).afterRelease(2, run -> {}));

        private final TestCatalog catalog;

        Build(TestCatalog catalog) {
            this.catalog = catalog;
        }
    }

    /** A framework's shutdown closes the registry of a waiting program, once nothing continues. */
    private static void awaitClosed(Dispatcher migrations, Dispatch dispatch, Duration timeout)
            throws InterruptedException {
        new OwnThreads().execute(() -> {
            try {
                while (dispatch.await(Duration.ofMillis(100)) == Dispatch.Outcome.RUNNING
                        && !dispatch.message().contains("is currently unusable")) {
                    Thread.onSpinWait();
                }
                migrations.close();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        dispatch.awaitDone(timeout);
    }

    public static void main(String[] arguments) throws InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword("");
        config.setMaximumPoolSize(4);
        // Waits for a database that can't be reached yet.
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(1_000);
        int exitCode;
        try (HikariDataSource pool = new HikariDataSource(config);
                Dispatcher migrations = Build.valueOf(arguments[2])
                        .catalog
                        .on(pool)
                        .maxAttempts(1)
                        .settleTime(Duration.ofMillis(500))
                        .drainTime(Duration.ZERO)
                        .build()) {
            Dispatch dispatch = migrations.dispatch();
            Duration timeout = Duration.parse(arguments[4]);
            switch (arguments[3]) {
                case "done" -> dispatch.awaitDone(timeout);
                case "held" -> dispatch.await(timeout);
                default -> awaitClosed(migrations, dispatch, timeout);
            }
            System.out.println(dispatch.outcome() + " " + dispatch.message());
            exitCode = dispatch.exitCode();
        }
        System.exit(exitCode);
    }
}
