package org.asyncmigrations.dispatch;

import java.time.Duration;

/**
 * The work of one registry, one step at a time. It exists before anything is dispatched, for an engine whose jobs outlive
 * processes; a step then does what a dispatch in the builder's mode would do. Thread-safe: several threads may call {@link #step}
 * at once.
 */
public interface Work {
    /**
     * A name that tells this work from that of other registries in one process, the same in all instances of an application.
     *
     * @return the package of the registry, followed by the schema of the state tables in brackets if the builder names one
     */
    String name();

    /**
     * The build of this instance, for an engine whose jobs outlive deploys: another build's job may have work that this build
     * doesn't know.
     *
     * @return a hash of the migrations that the build contains
     */
    String build();

    /**
     * Whether an instance of a build is alive. If the database can't be reached, the answer is yes.
     *
     * @param build the {@link #build()} of an instance
     * @return whether there was a recent heartbeat
     */
    boolean isLive(String build);

    /**
     * Whether the registry has been stopped or closed. Then each step says {@link Step.Kind#FINISHED}, which is about this instance
     * only; an engine's job must stay for other instances.
     *
     * @return whether this instance has stopped working
     */
    boolean isStopped();

    /**
     * Does the next thing: registers migrations, claims and walks a range, runs a migration. Never throws.
     *
     * @param stop whether this slice should end; a walking step then ends after its batch and gives its range back. It doesn't end
     *     a migration in one piece
     * @return what to do next
     */
    Step step(StopSignal stop);

    /**
     * Does the next thing, in a slice that only the registry ends.
     *
     * @return what to do next
     */
    default Step step() {
        return step(() -> false);
    }

    /**
     * Does steps while there is something to do, for an engine that wants its thread back. So other jobs of the engine don't wait
     * longer than this, and none of its leases expires. An interrupt that user code has left on the thread is cleared.
     *
     * @param stop whether the engine is shutting down
     * @param time after which no further step begins; a walking step takes about two seconds
     * @return the last step's result: {@link Step.Kind#WORKED} if the slice ends although there is more
     */
    default Step slice(StopSignal stop, Duration time) {
        long begun = System.nanoTime();
        Step step;
        do {
            step = step(stop);
            if (!stop.isStopped()) {
                // Left behind by user code. An engine that interrupts its threads on shutdown says so with the signal.
                Thread.interrupted();
            }
        } while (step.kind() == Step.Kind.WORKED && !stop.isStopped() && System.nanoTime() - begun < time.toNanos());
        return step;
    }

    /**
     * The number of workers that this instance should have.
     *
     * @return 1 or more
     */
    int threads();

    /**
     * How long a worker with nothing to do waits at most.
     *
     * @return the time
     */
    Duration pollEvery();

    /**
     * Waits until there may be something to do, because this instance has changed something, or until the time is over.
     *
     * @param time the longest wait
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void awaitChange(Duration time) throws InterruptedException;

    /**
     * Adds a listener that is called whenever there may be something to do, for a worker that doesn't wait on its own thread. The
     * thread that has made the change calls it, often, so it must return at once. Changes by other instances aren't reported.
     *
     * @param listener what is called
     */
    void onChange(Runnable listener);
}
