package org.asyncmigrations.batch;

import java.time.Duration;

/**
 * Chooses between the two gaits of a walk: batches that are changed, and, where nothing is pending, strides that are only
 * looked over before the user's code is called at all. Each has its own pace, so that a stride's size is never used to change
 * rows. Used by one thread.
 */
final class Steering {
    private final Duration target;
    private final boolean mayLook;
    private final boolean alwaysLooks;
    private final Pace batches;
    private Pace strides;
    private boolean looking;

    /**
     * @param remembered the batch size to begin with, 0 for none
     * @param mayLook whether the migration says what is pending
     * @param alwaysLooks whether this pass only verifies
     */
    Steering(Duration target, long remembered, boolean mayLook, boolean alwaysLooks) {
        this.target = target;
        this.mayLook = mayLook;
        this.alwaysLooks = alwaysLooks && mayLook;
        this.batches = new Pace(target, remembered);
        this.strides = new Pace(target, batches.size());
        this.looking = this.alwaysLooks;
    }

    boolean isLooking() {
        return looking;
    }

    long batchSize() {
        return batches.size();
    }

    /** {@return the keys of the next step, of either gait} */
    long size() {
        return looking ? strides.size() : batches.size();
    }

    void lookedOver(long keys, Duration took) {
        strides.walked(keys, 0, took);
    }

    void changed(long keys, long rows, Duration took) {
        batches.walked(keys, rows, took);
        looking = mayLook && (alwaysLooks || rows == 0);
        strides = new Pace(target, batches.size());
    }

    /** A statement ran out of time. {@return false when there is nothing left to halve} */
    boolean halve() {
        Pace pace = looking ? strides : batches;
        if (pace.size() <= 1) {
            return false;
        }
        pace.halve();
        return true;
    }
}
