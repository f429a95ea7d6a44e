package org.asyncmigrations;

/** A migration that can tell whether its work is done already; needed for {@link By#GUARD}. */
public interface Guarded {
    /**
     * Asked before each attempt, and after the last: once it says yes, the migration is done without running again.
     *
     * @param run the attempt under way
     * @return whether nothing is left to do
     * @throws Exception whatever keeps it from telling; counts as a failed attempt
     */
    boolean isDone(MigrationRun run) throws Exception;
}
