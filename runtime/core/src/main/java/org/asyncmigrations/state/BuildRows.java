package org.asyncmigrations.state;

import org.jooq.exception.IntegrityConstraintViolationException;

/** Every statement on the builds' table. Without state, and so safe for threads. */
public final class BuildRows {
    private BuildRows() {}

    /**
     * Whether a build has been seen.
     *
     * @param tx the transaction
     * @param build its hash
     * @return whether it has a row
     */
    public static boolean isKnown(StateTransaction tx, String build) {
        MigrationBuilds<?> b = tx.tables().builds();
        return tx.dsl().fetchExists(b, b.BUILD.eq(build));
    }

    /**
     * Writes down a build that is seen for the first time.
     *
     * @param tx the transaction
     * @param build its hash
     * @param versions what it contains, ascending, with commas between
     * @throws IntegrityConstraintViolationException when another instance has written it just now
     */
    public static void write(StateTransaction tx, String build, String versions) {
        MigrationBuilds<?> b = tx.tables().builds();
        tx.dsl()
                .insertInto(b)
                .set(b.BUILD, build)
                .set(b.VERSIONS, versions)
                .set(b.FIRST_SEEN, tx.now())
                .execute();
    }

    /**
     * Whether a build was first seen later than another.
     *
     * @param tx the transaction
     * @param build the one
     * @param other the other
     * @return true also when the other has no row
     */
    public static boolean isNewer(StateTransaction tx, String build, String other) {
        MigrationBuilds<?> mine = tx.tables().builds();
        return !tx.dsl()
                .fetchExists(
                        mine,
                        mine.BUILD
                                .eq(other)
                                .and(mine.FIRST_SEEN.ge(tx.dsl()
                                        .select(mine.FIRST_SEEN)
                                        .from(mine)
                                        .where(mine.BUILD.eq(build)))));
    }
}
