package org.asyncmigrations.dispatch;

/**
 * Calls {@link Work#step(StopSignal)}. By default, threads of this process do; the builder can be given another one, such as one on
 * a job scheduler. Implementations must be thread-safe.
 */
public interface Worker {
    /**
     * Receives the work when the registry is built, before anything is dispatched: an engine whose jobs outlive processes may run
     * one of them at once. The default does nothing.
     *
     * @param work the work
     */
    default void attach(Work work) {}

    /**
     * Begins to call {@code work.step()}, until it says {@link Step.Kind#FINISHED}. Called again for each further dispatch, even if
     * the first one is still running. Must return at once.
     *
     * @param work the work
     */
    void start(Work work);

    /**
     * Creates an engine's lost jobs again, for example if somebody has deleted rows of its tables. Called with each heartbeat of an
     * instance that has work, every 10 seconds. Must return at once. The default does nothing.
     *
     * @param work the work
     */
    default void renew(Work work) {}

    /**
     * Closes the worker. No step begins any more, and the running ones have ended when this returns; they end after their batch.
     * Called once, by a thread of the registry that isn't in a step, so it may wait for the worker's threads. If it throws, the
     * exception is logged, and the registry is still closed.
     */
    void close();
}
