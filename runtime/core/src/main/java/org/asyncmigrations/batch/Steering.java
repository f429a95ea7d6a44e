package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.Failures;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between the two kinds of steps of a walk: batches that are changed, and, where nothing is pending, strides that are only
 * looked over without calling the user's code. Each kind has its own pace, so that a stride's size is never used to change rows.
 * Used by one thread.
 */
final class Steering {
    /** Only one in this many short batches asks for waiters, since whoever waits for one waits no longer than the batch takes. */
    private static final int SELDOM = 10;

    /**
     * A stride has this many times the keys of a batch. Reading a row costs at most a tenth of changing it, which leaves room for
     * rows that are expensive to read.
     */
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
     * @param remembered the first batch size, 0 for none
     * @param mayLook whether the migration defines which rows are pending
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
     * Applies an operator's tuning.
     *
     * @param tunedTarget how long a batch may take from now on
     * @param most how many keys a batch may change; strides may be longer
     */
    void follow(Duration tunedTarget, @Nullable Long most) {
        target = tunedTarget;
        batches.follow(target, most == null ? Pace.MOST : most);
        strides.follow(target, Pace.MOST);
    }

    boolean isLooking() {
        return looking;
    }

    /** {@return whether the next step looks over the whole range at once} */
    boolean looksAtAll() {
        return looksAtAll;
    }

    /** Something is pending, so the walk goes on in strides. */
    void lookCloser() {
        looksAtAll = false;
    }

    long batchSize() {
        return batches.size();
    }

    /** {@return the number of keys of the next step, of either kind} */
    long size() {
        return looking ? strides.size() : batches.size();
    }

    /**
     * Whether this batch has to ask if someone waits for it: each long one, since the wait is expensive and the question cheap
     * compared with the batch; otherwise the first and each tenth.
     *
     * @param soFar how long the batch has taken
     */
    boolean asksForWaiters(Duration soFar) {
        boolean isDue = soFar.multipliedBy(2).compareTo(target) > 0 || ++unasked >= SELDOM;
        unasked = isDue ? 0 : unasked;
        return isDue;
    }

    /**
     * Keys were only looked over.
     *
     * @param keys how many
     * @param took how long the step took
     * @param onRows the part of it that was spent on the rows
     */
    void lookedOver(long keys, Duration took, Duration onRows) {
        strides.walked(keys, 0, took, onRows, false);
    }

    /**
     * A batch has committed.
     *
     * @param keys the keys that it walked
     * @param rows the rows that it changed
     * @param took how long it took
     * @param onRows the part of it that was spent on the rows
     * @param waited whether someone waited for it
     */
    void changed(long keys, long rows, Duration took, Duration onRows, boolean waited) {
        batches.walked(keys, rows, took, onRows, waited);
        givesWay |= waited;
        looking = mayLook && (alwaysLooks || rows == 0);
        strides = strides();
    }

    /** {@return whether the next batch has one row, so that it holds nothing while it waits for that row's lock} */
    boolean isOfOneRow() {
        return !looking && batches.size() <= 1;
    }

    /** Someone waited for a batch whose time says nothing about its rows. */
    void giveWay() {
        halve();
        givesWay = true;
    }

    /** {@return whether the next batch has to wait for those who waited; the answer is given once} */
    boolean standsBack() {
        boolean stands = givesWay;
        givesWay = false;
        return stands;
    }

    /**
     * Searches, with ever smaller batches, for a row whose error has closed the connection. After that, the batch can't be halved
     * within its transaction.
     *
     * @param lost the lost connection, with the error that came before it
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

    /** {@return why the next row is set aside without a try, null if it isn't; the answer is given once} */
    @Nullable
    String refused() {
        String why = refused;
        refused = null;
        return why;
    }

    /**
     * Halves the next step: a statement timed out, someone waited for us, or a throttle asks for it. {@return false if there is
     * nothing left to halve}
     */
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
