package org.asyncmigrations.state;

import org.jooq.Record1;
import org.jooq.Select;

/** Reads the builds that have been seen; {@link OwnInstance} writes them. Stateless and thread-safe. */
public final class BuildRows {
    private BuildRows() {}

    /** {@return the first build that was ever seen in these tables} */
    static Select<Record1<String>> firstOf(StateTransaction tx) {
        MigrationBuilds<?> b = tx.tables().builds();
        return tx.dsl().select(b.BUILD).from(b).orderBy(b.FIRST_SEEN, b.BUILD).limit(1);
    }

    /**
     * Whether a build was first seen later than another.
     *
     * @param tx the transaction
     * @param build the build
     * @param other the other build
     * @return true also if the other build has no row
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
