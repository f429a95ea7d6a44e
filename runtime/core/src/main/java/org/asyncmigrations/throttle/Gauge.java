package org.asyncmigrations.throttle;

/** A value that a {@link GaugeThrottle} reads. Used by one thread at a time. */
@FunctionalInterface
interface Gauge {
    /**
     * Reads the value, in as few statements as possible.
     *
     * @param run the question
     * @return the answer
     * @throws UnreadableException if this database never reports the value
     * @throws Exception if it can't be read now
     */
    Answer read(ThrottleRun run) throws Exception;
}
