package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.Failures;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between the two gaits of a walk: batches that are changed, and, where nothing is pending, strides that are only
 * looked over before the user's code is called at all. Each has its own pace, so that a stride's size is never used to change
 * rows. Used by one thread.
 */
final class Steering {
    /** How often short batches ask: each has one wait for a lock of ours be as short as the batch itself. */
    private static final int SELDOM = 10;

    /** To read a row costs a tenth of changing it, or less; a stride then has room for rows that are dear to read. */
    private static final int LOOK = 4;

    private Duration target;
    private final boolean mayLook;
    private final boolean alwaysLooks;
    private final Pace batches;
    private Pace strides;
    private boolean looking;
    private boolean looksAtAll;
    private boolean givesWay;
    private @Nullable String refused;
    private int unasked = SELDOM;

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
        this.strides = strides();
        this.looking = this.alwaysLooks;
        this.looksAtAll = this.alwaysLooks;
    }

    private Pace strides() {
        return new Pace(target, batches.size() * LOOK);
    }

    /**
     * Follows what an operator has tuned.
     *
     * @param tunedTarget how long a batch shall take at most from now on
     * @param most how many keys a batch may change; what is only looked over may be more
     */
    void follow(Duration tunedTarget, @Nullable Long most) {
        target = tunedTarget;
        batches.follow(target, most == null ? Pace.MOST : most);
        strides.follow(target, Pace.MOST);
    }

    boolean isLooking() {
        return looking;
    }

    /** {@return whether the whole range is to be looked over at once} */
    boolean looksAtAll() {
        return looksAtAll;
    }

    /** Something is pending, or the range is too long: from now on in strides. */
    void lookCloser() {
        looksAtAll = false;
    }

    long batchSize() {
        return batches.size();
    }

    /** {@return the keys of the next step, of either gait} */
    long size() {
        return looking ? strides.size() : batches.size();
    }

    /**
     * Whether this batch is to ask who waits for it: each one that is long, which is dear to the waiting and cheap beside the
     * batch, and else the first and each tenth.
     *
     * @param soFar how long it has taken
     */
    boolean asksForWaiters(Duration soFar) {
        boolean isDue = soFar.multipliedBy(2).compareTo(target) > 0 || ++unasked >= SELDOM;
        unasked = isDue ? 0 : unasked;
        return isDue;
    }

    void lookedOver(long keys, Duration took) {
        strides.walked(keys, 0, took);
    }

    void changed(long keys, long rows, Duration took) {
        batches.walked(keys, rows, took);
        looking = mayLook && (alwaysLooks || rows == 0);
        strides = strides();
    }

    /** {@return whether the next batch has one row: it holds nothing while it waits for that row's lock} */
    boolean isOfOneRow() {
        return !looking && batches.size() <= 1;
    }

    /** Somebody has waited for the batch that ended just now. */
    void giveWay() {
        halve();
        givesWay = true;
    }

    /** {@return whether the next batch is to stand back for those who waited; asked once} */
    boolean standsBack() {
        boolean stands = givesWay;
        givesWay = false;
        return stands;
    }

    /**
     * Finds the row whose error has cost the connection, so that its batch cannot be halved within the transaction: by smaller
     * batches, until the row is alone.
     *
     * @param lost how the connection was lost, with the error that came before it
     * @return whether there was such an error
     */
    boolean isolates(Throwable lost) {
        for (Throwable error : lost.getSuppressed()) {
            if (Trouble.of(error) == Trouble.DATA) {
                refused = batches.size() > 1
                        ? null
                        : Failures.attempt(error, "", 1, 1).error();
                batches.halve();
                return true;
            }
        }
        return false;
    }

    /** {@return why the next row is to be set aside without being tried, null if it is not; asked once} */
    @Nullable
    String refused() {
        String why = refused;
        refused = null;
        return why;
    }

    /** A statement ran out of time, somebody waited for us, or a throttle finds it too much. {@return false when there is nothing left to halve} */
    boolean halve() {
        if (looksAtAll) {
            looksAtAll = false;
            return true;
        }
        Pace pace = looking ? strides : batches;
        if (pace.size() <= 1) {
            return false;
        }
        pace.halve();
        return true;
    }
}
