package org.asyncmigrations.example.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationStatus;

/**
 * Compares the back-fills with a single UPDATE in the same run. A back-fill's time includes everything: finding the batches,
 * recording the progress of each, and the verification passes.
 *
 * @param status the final status of the migrations
 * @param client the client that wrote meanwhile
 * @param single the single UPDATE
 */
record Comparison(DispatchStatus status, LiveClient client, SingleUpdate.Result single) {
    private static final String LINE = "%-40s %,11d rows %8.1f s %,12.0f rows/s %6.2f%n";
    private static final double MILLIS_A_SECOND = 1e3;

    void print(PrintStream out) {
        double pace = single.rows() / single.seconds();
        out.printf("%nThe speed, and how it compares with a single UPDATE's:%n");
        for (MigrationStatus migration : status.migrations()) {
            if (migration.progress().keysWalked() > 0) {
                print(out, migration.simpleName(), migration.progress(), pace);
            }
        }
        print(out, "one single UPDATE, as for the emails", single.rows(), single.seconds(), pace);
        out.printf("%nHow long the client's writes took, from when each was due:%n");
        out.println("client alone:                       " + client.waitsAlone());
        out.println("client next to the migrations:      " + client.waits());
        out.println("client next to the single UPDATE:   " + single.waits());
    }

    private static void print(PrintStream out, String name, MigrationStatus.Progress progress, double pace) {
        if (progress.startedAt() != null && progress.finishedAt() != null) {
            Duration taken = Duration.between(progress.startedAt(), progress.finishedAt());
            print(out, name, progress.rowsDone(), taken.toMillis() / MILLIS_A_SECOND, pace);
        }
    }

    private static void print(PrintStream out, String name, long rows, double seconds, double pace) {
        out.printf(Locale.ROOT, LINE, name, rows, seconds, rows / seconds, rows / seconds / pace);
    }
}
