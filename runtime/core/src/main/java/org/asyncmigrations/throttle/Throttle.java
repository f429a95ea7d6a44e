package org.asyncmigrations.throttle;

/**
 * Says "not now". Asked before a migration begins and before each of its batches, while nothing of it is locked; of several all
 * must agree. One that throws counts as "not now", with that as the reason. Implementations must be safe for threads: all
 * workers of an instance share them.
 *
 * <pre>{@code
 * builder.throttle(run -> orders.queueLength() > 1_000
 *         ? Answer.unhealthy("more than 1,000 orders wait")
 *         : Answer.goOn());
 * }</pre>
 */
@FunctionalInterface
public interface Throttle {
    /**
     * Whether work may go on now. Asked often: what is dear to find out is to be kept for a second or so.
     *
     * @param run what is asked for
     * @return the answer
     * @throws Exception when it cannot be found out
     */
    Answer ask(ThrottleRun run) throws Exception;
}
