package org.asyncmigrations;

/**
 * Is told of each event as it is committed. Called by the workers' threads, several at once, so that what two of them did may be
 * told in another order: an implementation is safe for threads and returns soon; what it throws is logged and changes nothing.
 * It may close the registry, which then ends when the worker's step has ended.
 */
@FunctionalInterface
public interface DispatchListener {
    /**
     * The registry that it listens to, before anything happens in it. What this throws is thrown by the builder's {@code build()}.
     *
     * @param registry the registry
     */
    default void onBuilt(MigrationRegistry registry) {}

    /**
     * An event of a migration, after its transaction has committed.
     *
     * @param event what happened
     */
    void onEvent(MigrationEvent event);

    /**
     * A batch, after its transaction has committed: some ten a second from each worker. The worker's next batch waits for the return.
     *
     * @param batch what it did, and how long that took
     */
    default void onBatch(BatchEvent batch) {}

    /** The registry has been closed, and nothing is told any more. */
    default void onClosed() {}
}
