package org.asyncmigrations.dispatch;

import java.time.Duration;

/**
 * The work of one registry, a step at a time. It is there before anything has been dispatched, for an engine whose jobs outlive
 * processes: a step then does what a dispatch in the builder's mode would. Safe for threads: several may call {@link #step} at once.
 */
public interface Work {
    /**
     * Tells this work from that of other registries in one process, and is the same in all instances of an application.
     *
     * @return the package of the registry, with the schema of the state tables in brackets if the builder has named one
     */
    String name();

    /**
     * The build of this instance, for an engine whose jobs outlive deploys: a job of another build's may have work that this one does
     * not know.
     *
     * @return a hash of the migrations that the build contains
     */
    String build();

    /**
     * Whether some instance of a build is alive. A database that cannot be asked counts as a yes.
     *
     * @param build the {@link #build()} of an instance
     * @return whether one has been heard of lately
     */
    boolean isLive(String build);

    /**
     * Whether the registry has been stopped or closed. Each step then says {@link Step.Kind#FINISHED}, and is only about this
     * instance: an engine's job has to stay for others.
     *
     * @return whether this instance works no more
     */
    boolean isStopped();

    /**
     * Does the next thing, whatever it is: registers, claims and walks a range, runs a migration. Never throws.
     *
     * @param stop whether this slice is to end; a step that walks then ends at the batch's end and gives its range back. A migration
     *     in one piece is not ended by it
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
     * Steps while there is something to do, for an engine that wants its thread back. Other jobs of the engine wait no longer than
     * this, and none of its leases runs out. The thread comes back without an interrupt that the user's code has left on it.
     *
     * @param stop whether the engine shuts down
     * @param time after which no further step begins; a step that walks takes some two seconds
     * @return what the last step has said: {@link Step.Kind#WORKED} if the slice ends although there is more
     */
    default Step slice(StopSignal stop, Duration time) {
        long begun = System.nanoTime();
        Step step;
        do {
            step = step(stop);
            if (!stop.isStopped()) {
                // Left behind by user code: an engine that interrupts its threads shuts down, and says so by the
                // signal.
                Thread.interrupted();
            }
        } while (step.kind() == Step.Kind.WORKED && !stop.isStopped() && System.nanoTime() - begun < time.toNanos());
        return step;
    }

    /**
     * How many workers this instance is to have.
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
     * Waits until there may be something to do: this instance has changed something, or the time is over.
     *
     * @param time how long at most
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void awaitChange(Duration time) throws InterruptedException;

    /**
     * Has a listener told whenever there may be something to do, for a worker that does not wait on a thread of its own. It is called
     * by the thread that has changed something, often, and must return at once. What other instances change is not told.
     *
     * @param listener what is called
     */
    void onChange(Runnable listener);
}
