package org.asyncmigrations.example.guide;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.State;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;

/** What operators do, called from an endpoint or a command of the application. */
public final class Operating {
    private Operating() {}

    /**
     * Prints the failed migrations, with the rows that could not be changed.
     *
     * @param migrations the application's registry
     * @param out where to print
     */
    public static void printFailures(AsyncMigrationRegistry migrations, PrintStream out) {
        for (MigrationStatus status : migrations.status().migrations()) {
            if (status.state() == State.FAILED) {
                out.println(status.simpleName() + ": " + status.error());
                for (RejectedRow row : migrations.migration(status.version()).rejects()) {
                    out.println("  row " + row.key() + ": " + row.error());
                }
            }
        }
    }

    /**
     * A listener that reports failures.
     *
     * @param alarm gets the messages
     * @return the listener, for a registry's builder
     */
    public static DispatchListener alarms(Consumer<String> alarm) {
        DispatchListener alarms = event -> {
            if (event.to() == State.FAILED) {
                alarm.accept("migration " + event.version() + " has failed: " + event.detail());
            }
        };
        return alarms;
    }

    /**
     * A listener that counts the changed rows, and reports slow batches.
     *
     * @param rows gets the number of changed rows, by the version of the migration
     * @param slow gets the batches that took longer than a second
     * @return the listener, for a registry's builder
     */
    public static DispatchListener metrics(Map<Long, LongAdder> rows, Consumer<BatchEvent> slow) {
        return new DispatchListener() {
            @Override
            public void onEvent(MigrationEvent event) {}

            @Override
            public void onBatch(BatchEvent batch) {
                rows.computeIfAbsent(batch.version(), version -> new LongAdder())
                        .add(batch.rows());
                if (batch.took().toMillis() > 1_000) {
                    slow.accept(batch);
                }
            }
        };
    }

    /**
     * Pauses one migration, and with it all that follow.
     *
     * @param migrations the application's registry
     */
    public static void holdLanguages(AsyncMigrationRegistry migrations) {
        MigrationHandle languages = migrations.guessLanguages();
        languages.pause(); // the running batch isn't committed
        languages.resume(); // continues where it stopped
    }

    /**
     * Approves a migration that waits for approval.
     *
     * @param migrations the application's registry
     */
    public static void approveLanguages(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().approve("tried on a copy of production"); // begins when it's its turn
    }

    /**
     * Retries a migration once the failed rows are fixed.
     *
     * @param migrations the application's registry
     */
    public static void retryFixedRows(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().retry(); // tries the rejects again, one by one, then continues after its last batch
    }

    /**
     * Leaves the failed rows as they are.
     *
     * @param migrations the application's registry
     */
    public static void leaveRejects(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().acceptRejects("orders of closed accounts"); // the migration is done without them
    }

    /**
     * Counts a migration as done, so that the next ones may run.
     *
     * @param migrations the application's registry
     */
    public static void giveUp(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().skip("nobody reads the language of old orders");
    }
}
