package org.asyncmigrations.state;

import org.jspecify.annotations.Nullable;

/** What is read of the builds that have been seen; {@link OwnInstance} writes them down. Without state, and so safe for threads. */
public final class BuildRows {
    private BuildRows() {}

    /**
     * The first build that was ever seen in these tables.
     *
     * @param tx the transaction
     * @return its hash, null for none
     */
    public static @Nullable String first(StateTransaction tx) {
        MigrationBuilds<?> b = tx.tables().builds();
        return tx.dsl()
                .select(b.BUILD)
                .from(b)
                .orderBy(b.FIRST_SEEN, b.BUILD)
                .limit(1)
                .fetchOne(b.BUILD);
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
