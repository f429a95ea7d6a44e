package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationStatus;

/** Runs a build that is in trouble to its end, with one attempt, and keeps what a user sees. */
final class TroubleBench {
    /** Far longer than anything takes. Nothing waits until it is over. */
    static final Duration LONG = Duration.ofMinutes(2);

    private TroubleBench() {}

    /** What a user sees. */
    record Seen(Outcome outcome, String message, DispatchStatus status) {
        MigrationStatus of(long version) {
            return Objects.requireNonNull(status.of(version));
        }

        String error(long version) {
            return String.valueOf(of(version).error());
        }
    }

    static Seen run(DataSource database, TestCatalog catalog) throws InterruptedException {
        return run(database, catalog, UnaryOperator.identity());
    }

    static Seen run(DataSource database, TestCatalog catalog, UnaryOperator<RegistryBuilder<Dispatcher>> settings)
            throws InterruptedException {
        try (Dispatcher registry =
                settings.apply(catalog.on(database).maxAttempts(1)).build()) {
            Dispatch dispatch = registry.dispatch();
            Outcome outcome = dispatch.await(LONG);
            return new Seen(outcome, dispatch.message(), registry.status());
        }
    }

    /** Waits for something whose end no dispatch reports. */
    static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within " + LONG);
            }
            synchronized (condition) {
                condition.wait(20);
            }
        }
    }
}
