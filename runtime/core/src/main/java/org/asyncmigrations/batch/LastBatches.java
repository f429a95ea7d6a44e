package org.asyncmigrations.batch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asyncmigrations.batch.Brake.LastBatch;

/**
 * The last batches of the workers that are between two walks, one for each: what a worker owes in rest does not end with its
 * range. Which worker has which does not matter, and threads come and go; so the one that walks next has what has rested
 * longest. Safe for threads.
 */
final class LastBatches {
    private final Queue<LastBatch> free = new ConcurrentLinkedQueue<>();

    /** {@return that of the worker that walks next; it stays here} */
    LastBatch next() {
        LastBatch last = free.peek();
        return last == null ? LastBatch.none() : last;
    }

    /** {@return that of the worker that begins to walk; to be given back at its end} */
    LastBatch take() {
        LastBatch last = free.poll();
        return last == null ? LastBatch.none() : last;
    }

    void giveBack(LastBatch last) {
        if (!last.took().isZero()) {
            free.add(last);
        }
    }
}
