package org.asyncmigrations.dispatch;

/**
 * Says whether a slice of work is to end at its next batch's end: the job engine shuts down, or wants its thread back. Asked often,
 * by the thread that works; must not block.
 */
@FunctionalInterface
public interface StopSignal {
    /** {@return whether the slice is to end} */
    boolean isStopped();
}
