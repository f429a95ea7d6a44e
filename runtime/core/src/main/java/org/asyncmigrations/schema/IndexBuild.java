package org.asyncmigrations.schema;

import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** How far the building of an index has come, as PostgreSQL tells it. Without state, and so safe for threads. */
public final class IndexBuild {
    private static final String PROGRESS =
            "select p.phase, p.blocks_done, p.blocks_total, p.tuples_done, p.tuples_total"
                    + " from pg_stat_progress_create_index p join pg_stat_activity a on a.pid = p.pid where a.application_name = {0}";

    private IndexBuild() {}

    /**
     * Asks how far it is.
     *
     * @param dsl another transaction
     * @param sessionName what the session that builds it shows
     * @return a phrase for people; null if it builds none, or waits for others
     */
    public static @Nullable String progress(DSLContext dsl, String sessionName) {
        Record row = dsl.fetchOne(PROGRESS, DSL.val(sessionName));
        String phase = row == null ? null : row.get(0, String.class);
        return row == null || phase == null || !phase.contains("index") ? null : "is " + phase + share(row);
    }

    private static String share(Record row) {
        boolean inTuples = number(row, 4) > 0;
        long total = inTuples ? number(row, 4) : number(row, 2);
        long done = inTuples ? number(row, 3) : number(row, 1);
        return total <= 0 ? "" : String.format(Locale.ROOT, ", %d %%", Math.min(100, 100 * done / total));
    }

    private static long number(Record row, int column) {
        Long number = row.get(column, Long.class);
        return number == null ? 0 : number;
    }
}
