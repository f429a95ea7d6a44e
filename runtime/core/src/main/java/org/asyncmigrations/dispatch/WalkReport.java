package org.asyncmigrations.dispatch;

import java.time.Duration;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has reported about one walk: when, and how far the walk was at that time. The rate is computed from it.
 * Thread-safe.
 */
final class WalkReport {
    private long readAt;
    private long saidAt;
    private long keysThen;
    private boolean begun;

    /** {@return whether the calling worker should read the progress now; true for only one of them each time} */
    synchronized boolean isDue(long now, Duration each) {
        if (begun && now - readAt < each.toNanos()) {
            return false;
        }
        readAt = now;
        return true;
    }

    /** {@return the progress of the walk; null for the first reading of a pass, which gives no rate yet} */
    synchronized @Nullable String text(MigrationStatus.Progress progress) {
        long keys = progress.keysWalked();
        if (!begun || keys < keysThen) {
            begun = true;
            mark(keys);
            return null;
        }
        double seconds = Math.max(1e-3, Duration.ofNanos(readAt - saidAt).toMillis() / 1e3);
        double rate = (keys - keysThen) / seconds;
        // Once the walk has passed the estimate, the estimate is useless.
        boolean isKnown = keys < progress.rowsEstimated();
        String share = isKnown ? (int) (100 * progress.share()) + " %, " : "";
        String of = isKnown ? " of about " + Activity.number(progress.rowsEstimated()) : "";
        return share + Activity.number(keys) + of + " rows walked, " + Activity.number(progress.rowsDone())
                + " changed, " + Activity.number(Math.round(rate)) + " rows/s" + left(progress, rate);
    }

    /** {@return whether it's time for a line; if so, the next rate is measured from here} */
    synchronized boolean isLineDue(MigrationStatus.Progress progress) {
        boolean due = readAt - saidAt >= Activity.LINE_EACH.toNanos();
        if (due) {
            mark(progress.keysWalked());
        }
        return due;
    }

    private void mark(long keys) {
        saidAt = readAt;
        keysThen = keys;
    }

    private static String left(MigrationStatus.Progress progress, double rate) {
        double seconds = (progress.rowsEstimated() - progress.keysWalked()) / Math.max(1, rate);
        return seconds < 1 || rate < 1
                ? ""
                : ", about " + BackfillPlan.written(Duration.ofSeconds(Math.round(seconds))) + " left";
    }
}
