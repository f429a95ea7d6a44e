package org.asyncmigrations.throttle;

/**
 * Decides whether the work may go on now. Asked before a migration begins and before each of its batches, while it has no row
 * locked. If there are several, all must agree. If one throws, that counts as "not now" with the failure as the reason.
 * Implementations must be thread-safe: all workers of an instance share them.
 * <pre>{@code
 * builder.throttle(run -> orders.queueLength() > 1_000
 *         ? Answer.unhealthy("more than 1,000 orders wait")
 *         : Answer.goOn());
 * }</pre>
 */
@FunctionalInterface
public interface Throttle {
    /**
     * Whether the work may go on now. Called often: cache an expensive value for about a second.
     *
     * @param run the question
     * @return the answer
     * @throws Exception if it can't be determined
     */
    Answer ask(ThrottleRun run) throws Exception;
}
