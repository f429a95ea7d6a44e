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

/** An operator's work, from an endpoint or a command of the application. */
public final class Operating {
    private Operating() {}

    /**
     * What has failed, with its rows that could not be changed.
     *
     * @param migrations the application's
     * @param out where it is written
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
     * Tells of failures.
     *
     * @param alarm whom
     * @return what a registry's builder takes as its listener
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
     * Counts the rows and the time of batches.
     *
     * @param rows the rows that were changed, by the version of the migration
     * @param slow is told of batches that took longer than a second
     * @return what a registry's builder takes as its listener
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
     * Holds the work on one migration, and with it all that follow.
     *
     * @param migrations the application's
     */
    public static void holdLanguages(AsyncMigrationRegistry migrations) {
        MigrationHandle languages = migrations.guessLanguages();
        languages.pause(); // at the end of the batch under way
        languages.resume(); // goes on where it was
    }

    /**
     * Lets it begin, if it waits for approval.
     *
     * @param migrations the application's
     */
    public static void approveLanguages(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().approve("tried on a copy of production"); // begins when its turn comes
    }

    /**
     * Once the rows that failed are mended.
     *
     * @param migrations the application's
     */
    public static void mended(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().retry(); // tries the rejects alone, then goes on behind its last batch
    }

    /**
     * Leaves the rows that failed as they are.
     *
     * @param migrations the application's
     */
    public static void leaveRejects(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().acceptRejects("orders of closed accounts"); // ends done without them
    }

    /**
     * Counts it as done, so that what follows may go on.
     *
     * @param migrations the application's
     */
    public static void giveUp(AsyncMigrationRegistry migrations) {
        migrations.guessLanguages().skip("nobody reads the language of old orders");
    }
}
