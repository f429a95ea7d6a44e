package org.asyncmigrations.batch;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** How many rows a table has, as its database estimates it without counting. */
final class TableRows {
    private TableRows() {}

    /** {@return the estimate, 0 for unknown} */
    static long estimate(DSLContext dsl, Table<?> table, TableShape shape) {
        if (dsl.family() == SQLDialect.POSTGRES) {
            return ofPostgres(dsl, table, shape);
        }
        String column = dsl.family() == SQLDialect.H2 ? "row_count_estimate" : "table_rows";
        Object rows = dsl.fetchValue(
                "select " + column + " from information_schema.tables where table_schema = {0} and table_name = {1}",
                DSL.val(shape.schema()),
                DSL.val(shape.name()));
        return rows instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    /**
     * The last count of the server's own, unless the files say otherwise: the count is missing of a new or a partitioned table,
     * and old after a load, while the files also hold what a walk over all rows leaves behind, which at most doubles them.
     */
    private static long ofPostgres(DSLContext dsl, Table<?> table, TableShape shape) {
        long bySize = Explained.of(dsl, dsl.selectOne().from(table)).rows();
        Object counted = dsl.fetchValue(
                "select reltuples::bigint from pg_class where oid = to_regclass({0})", DSL.val(shape.name()));
        boolean holds = counted instanceof Long rows && rows > 0 && bySize <= 2 * rows;
        return holds ? (Long) counted : Math.max(0, bySize);
    }
}
