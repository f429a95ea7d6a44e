package org.asyncmigrations;

/** A migration that can tell whether its work is already done. Needed for {@link By#GUARD}. */
public interface Guarded {
    /**
     * Called before each attempt and after the last. Once it returns true, the migration is done without running again.
     *
     * @param run the current attempt
     * @return whether nothing is left to do
     * @throws Exception anything that keeps it from telling; counts as a failed attempt
     */
    boolean isDone(MigrationRun run) throws Exception;
}
