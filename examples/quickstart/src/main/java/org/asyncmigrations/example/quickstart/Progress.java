package org.asyncmigrations.example.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** Prints a line a second while a dispatch is running: rows, rows per second, share and remaining time. */
final class Progress {
    private record Reading(long nanos, long rowsDone, long keysWalked) {}

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double NANOS_A_SECOND = 1e9;

    private final MigrationRegistry registry;
    private final LiveClient client;
    private final PrintStream out;
    private final Map<Long, Reading> before = new HashMap<>();

    Progress(MigrationRegistry registry, LiveClient client, PrintStream out) {
        this.registry = registry;
        this.client = client;
        this.out = out;
    }

    /** Returns the outcome when the dispatch has ended. */
    Dispatch.Outcome follow(Dispatch dispatch) throws InterruptedException {
        Dispatch.Outcome outcome = dispatch.await(INTERVAL);
        while (outcome == Dispatch.Outcome.RUNNING) {
            registry.status().migrations().stream()
                    .filter(status -> status.state() == State.PROCESSING)
                    .forEach(this::print);
            outcome = dispatch.await(INTERVAL);
        }
        out.printf(Locale.ROOT, "  %s: %s%n", outcome, dispatch.message());
        return outcome;
    }

    private void print(MigrationStatus status) {
        MigrationStatus.Progress progress = status.progress();
        Reading now = new Reading(System.nanoTime(), progress.rowsDone(), progress.keysWalked());
        Reading last = before.put(status.version(), now);
        out.printf(
                Locale.ROOT,
                "  %-24s %,11d rows %s   client: %s%s%n",
                status.simpleName(),
                progress.rowsDone(),
                pace(progress, last, now),
                client.waits(),
                client.isOldReleaseGone() ? "" : "; the old release still writes");
    }

    private static String pace(MigrationStatus.Progress progress, @Nullable Reading last, Reading now) {
        double share = progress.share() * 100;
        if (last == null || now.keysWalked() < last.keysWalked()) {
            // This is the first reading in this pass over the table.
            return String.format(Locale.ROOT, "%16s %4.0f %%  %14s", "", share, "");
        }
        double seconds = (now.nanos() - last.nanos()) / NANOS_A_SECOND;
        long rows = now.rowsDone() - last.rowsDone();
        double keysASecond = (now.keysWalked() - last.keysWalked()) / seconds;
        long keysLeft = Math.max(0, progress.rowsEstimated() - progress.keysWalked());
        return String.format(
                Locale.ROOT,
                "%16s %4.0f %%  %14s",
                rows == 0 ? "only checking" : String.format(Locale.ROOT, "%,.0f rows/s", rows / seconds),
                share,
                keysASecond == 0 ? "" : String.format(Locale.ROOT, "%,.0f s left", keysLeft / keysASecond));
    }
}
