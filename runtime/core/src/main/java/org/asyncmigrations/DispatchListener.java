package org.asyncmigrations;

/**
 * Receives each event after it has committed. Several worker threads call it at the same time, so events of two workers may arrive
 * in another order than they happened. Implementations must be thread-safe and return soon. If one throws, this is logged and
 * changes nothing. It may close the registry, which then ends when the worker's step has ended.
 */
@FunctionalInterface
public interface DispatchListener {
    /**
     * The registry that it listens to, before anything happens in it. If this throws, the builder's {@code build()} throws the
     * same.
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
     * A batch, after its transaction has committed: about ten a second from each worker. The worker's next batch starts when this
     * returns.
     *
     * @param batch what it did, and how long that took
     */
    default void onBatch(BatchEvent batch) {}

    /** The registry is closed. Nothing is called afterwards. */
    default void onClosed() {}
}
