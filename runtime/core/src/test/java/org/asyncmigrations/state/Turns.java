package org.asyncmigrations.state;

/** Two workers that take turns: each waits before its next statement until it may continue. Thread-safe. */
final class Turns {
    private final boolean[] waits = new boolean[2];
    private final boolean[] reads = new boolean[2];
    private final boolean[] ended = new boolean[2];
    private int turn = -1;

    /** Called by a worker before a statement; {@code isRead} if the statement only reads. */
    synchronized void pass(int worker, boolean isRead) {
        reads[worker] = isRead;
        waits[worker] = true;
        notifyAll();
        boolean interrupted = false;
        while (turn != worker) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        turn = -1;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void end(int worker) {
        ended[worker] = true;
        notifyAll();
    }

    /** Lets a waiting worker send its statement. */
    synchronized void let(int worker) {
        waits[worker] = false;
        turn = worker;
        notifyAll();
    }

    synchronized boolean waits(int worker) {
        return waits[worker];
    }

    /** {@return whether a waiting worker's next statement only reads} */
    synchronized boolean reads(int worker) {
        return reads[worker];
    }

    synchronized boolean hasEnded(int worker) {
        return ended[worker];
    }

    /** Waits a moment until a worker is before its next statement or has ended. {@return whether it is} */
    synchronized boolean hasCome(int worker, long millis) throws InterruptedException {
        if (!waits[worker] && !ended[worker]) {
            wait(millis);
        }
        return waits[worker] || ended[worker];
    }
}
