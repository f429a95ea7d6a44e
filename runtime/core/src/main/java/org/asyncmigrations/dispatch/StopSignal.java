package org.asyncmigrations.dispatch;

/**
 * Says whether a slice of work should end after the current batch, because the job engine is shutting down or wants its thread
 * back. Called often, by the working thread; must not block.
 */
@FunctionalInterface
public interface StopSignal {
    /** {@return whether the slice should end} */
    boolean isStopped();
}
