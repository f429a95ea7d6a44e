package org.asyncmigrations.dispatch;

import java.time.Duration;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.MigrationStatus;
import org.jspecify.annotations.Nullable;

/** What this instance has told of one walk: when, and how far the walk was then, from which its rate follows. Safe for threads. */
final class WalkReport {
    private long readAt;
    private long saidAt;
    private long keysThen;
    private boolean begun;

    WalkReport(long now) {
        this.readAt = now;
        this.saidAt = now;
    }

    /** {@return whether a worker is to read the progress now; each time only one is} */
    synchronized boolean isDue(long now, Duration each) {
        if (begun && now - readAt < each.toNanos()) {
            return false;
        }
        readAt = now;
        return true;
    }

    /** {@return whether it is time for a line; if so, the next rate is measured from here on} */
    synchronized boolean isLineDue(MigrationStatus.Progress progress, long now) {
        boolean due = now - saidAt >= Activity.LINE_EACH.toNanos();
        if (due) {
            saidAt = now;
            keysThen = progress.keysWalked();
        }
        return due;
    }

    /** {@return how far the walk is; null for the first reading of a pass, which gives no rate yet} */
    synchronized @Nullable String text(MigrationStatus.Progress progress, long now) {
        long keys = progress.keysWalked();
        if (!begun || keys < keysThen) {
            begun = true;
            keysThen = keys;
            saidAt = now;
            return null;
        }
        double seconds = Math.max(1e-3, Duration.ofNanos(now - saidAt).toMillis() / 1e3);
        double rate = (keys - keysThen) / seconds;
        String share = progress.share() == 0 ? "" : (int) (100 * progress.share()) + " %, ";
        String of = progress.rowsEstimated() == 0 ? "" : " of about " + Activity.number(progress.rowsEstimated());
        return "is at " + share + Activity.number(keys) + of + " rows walked, " + Activity.number(progress.rowsDone())
                + " changed, " + Activity.number(Math.round(rate)) + " rows/s" + left(progress, rate);
    }

    private static String left(MigrationStatus.Progress progress, double rate) {
        long left = progress.rowsEstimated() - progress.keysWalked();
        if (left <= 0 || rate < 1) {
            return "";
        }
        return ", about " + BackfillPlan.written(Duration.ofSeconds(Math.round(left / rate))) + " left";
    }
}
