package org.asyncmigrations.example.engines;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;

/** One instance of the application, in a process of its own. */
final class Node {
    private Node() {}

    /**
     * Dispatches, and works until everything is done.
     *
     * @param arguments the engine, the URL of the database, and a number
     */
    public static void main(String[] arguments) throws Exception {
        String name = "node " + arguments[2];
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(arguments[1]);
        settings.setMaximumPoolSize(8);
        try (HikariDataSource pool = new HikariDataSource(settings)) {
            Engine engine = Engine.of(arguments[0], pool);
            FirstBatch first = new FirstBatch(name, new AtomicLong());
            try (AsyncMigrationRegistry migrations = engine.with()
                    .apply(AsyncMigrationRegistry.builder(pool)
                            .threads(2)
                            // The default of 30 seconds would be a long wait for the work of the killed process.
                            .claimTime(Duration.ofSeconds(5))
                            .listener(first))
                    .build()) {
                engine.start().run();
                first.dispatchedAt().set(System.nanoTime());
                Dispatch dispatch = migrations.dispatch();
                System.out.println(name + " has dispatched");
                dispatch.awaitDone(Duration.ofMinutes(10));
                System.out.println(name + ": " + dispatch.message());
            }
            engine.stop().run();
        }
    }

    /** Prints when this process begins to work. */
    private record FirstBatch(String name, AtomicLong dispatchedAt) implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            long since = dispatchedAt.getAndSet(0);
            if (since != 0) {
                System.out.printf(
                        "%s works: first batch %d ms after its dispatch%n",
                        name, Duration.ofNanos(System.nanoTime() - since).toMillis());
            }
        }
    }
}
