package org.asyncmigrations.throttle;

/** What a {@link GaugeThrottle} reads. Used by one thread at a time. */
@FunctionalInterface
interface Gauge {
    /**
     * Reads it, in as few statements as can be.
     *
     * @param run the question
     * @return the answer
     * @throws UnreadableException when this database does not tell it
     * @throws Exception when it cannot be read now
     */
    Answer read(ThrottleRun run) throws Exception;
}
