package org.asyncmigrations.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;

/** An instance of an application in a process of its own, that can be killed. */
final class Node {
    private Node() {}

    /** {@return the process, working on the customers of a database} */
    static Process start(TestDatabase.Fresh fresh) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(List.of(
                        java,
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        fresh.url(),
                        fresh.user()))
                .inheritIO()
                .start();
    }

    /** Dispatches, and works until it is done or killed. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword("");
        try (HikariDataSource pool = new HikariDataSource(config);
                Dispatcher registry = catalog().on(pool).build()) {
            registry.dispatch().await();
        }
    }

    /** {@return a build that is slow enough to be hit in the middle: ten thousand rows a second and worker} */
    private static TestCatalog catalog() {
        return new TestCatalog().batch(1, new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                long rows = super.migrate(batch);
                long until = System.nanoTime() + rows * 100_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return rows;
            }
        });
    }
}
