package org.asyncmigrations.dispatch;

/**
 * What calls {@link Work#step(StopSignal)}: threads of this process unless the builder is given another, such as one on a job
 * scheduler. An implementation is safe for threads.
 */
public interface Worker {
    /**
     * Hands over the work when the registry is built, before anything is dispatched: an engine whose jobs outlive processes may run
     * one of them at once. Does nothing unless it is overridden.
     *
     * @param work the work
     */
    default void attach(Work work) {}

    /**
     * Begins to call {@code work.step()} until it says {@link Step.Kind#FINISHED}. Called again for a further dispatch, also while
     * the first is still under way; returns at once.
     *
     * @param work the work
     */
    void start(Work work);

    /**
     * Makes again what an engine has lost of its jobs, such as rows of its tables that somebody has deleted. Called with each heartbeat
     * of an instance that has work, every 10 seconds; returns at once. Does nothing unless it is overridden.
     *
     * @param work the work
     */
    default void renew(Work work) {}

    /**
     * Ends: no step begins any more, and those under way have ended when this returns. They end at a batch's end. Called once, by a
     * thread of the registry's that is in no step, so it may wait for the worker's threads. What it throws is logged, and the
     * registry is closed all the same.
     */
    void close();
}
