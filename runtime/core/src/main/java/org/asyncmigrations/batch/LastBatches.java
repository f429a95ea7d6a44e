package org.asyncmigrations.batch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asyncmigrations.batch.Brake.LastBatch;

/**
 * The last batches of the workers that are between two walks, one for each worker: the rest that a worker owes outlives its range.
 * It doesn't matter which worker has which, since threads come and go. The next worker to walk gets the one that has rested
 * longest. Thread-safe.
 */
final class LastBatches {
    private final Queue<LastBatch> free = new ConcurrentLinkedQueue<>();

    /** {@return the last batch of the worker that walks next; it isn't removed} */
    LastBatch next() {
        LastBatch last = free.peek();
        return last == null ? LastBatch.none() : last;
    }

    /** {@return the last batch of a worker that begins to walk; to be given back when the walk ends} */
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
