package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.product.KeyIndex.Part;
import org.asyncmigrations.product.KeyIndex.Reading;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The indexes of a PostgreSQL table. */
final class PostgresIndexes {
    /**
     * A part has the column's order if its operator class is in the family that ORDER BY uses for the type. That is the family of
     * the type's default class. For types that borrow another type's classes (varchar, enums), it is a family with any default
     * class.
     */
    private static final String SQL = """
            select c.relname as index_name, m.amname as method, i.indisvalid as valid,
              pg_get_expr(i.indpred, i.indrelid) as predicate, a.attname as column_name,
              i.indoption[k.place - 1] as direction,
              a.attcollation is null or a.attcollation = i.indcollation[k.place - 1] as collated,
              exists (select 1 from pg_opclass d where d.opcfamily = o.opcfamily and d.opcdefault)
                and not exists (select 1 from pg_opclass d where d.opcmethod = o.opcmethod and d.opcdefault
                  and d.opcintype = case when t.typtype = 'd' then t.typbasetype else t.oid end
                  and d.opcfamily <> o.opcfamily) as in_order
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            join pg_am m on m.oid = c.relam
            cross join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, place)
            join pg_opclass o on o.oid = i.indclass[k.place - 1]
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            left join pg_type t on t.oid = a.atttypid
            where i.indrelid = to_regclass({0}) and k.place <= i.indnkeyatts
            order by c.relname, k.place""";

    /** Bits of {@code indoption}. Ascending with nulls last is the order of ORDER BY; descending with nulls first is its reverse. */
    private static final int DESCENDING_NULLS_FIRST = 3;

    private PostgresIndexes() {}

    static List<KeyIndex> read(DSLContext dsl, TableShape shape) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        Map<String, @Nullable String> defects = new LinkedHashMap<>();
        for (Record row : dsl.fetch(SQL, DSL.val(shape.name()))) {
            String name = row.get("index_name", String.class);
            defects.put(name, defect(row));
            parts.computeIfAbsent(name, index -> new ArrayList<>()).add(part(row));
        }
        return parts.entrySet().stream()
                .map(index -> new KeyIndex(index.getKey(), index.getValue(), defects.get(index.getKey())))
                .toList();
    }

    private static @Nullable String defect(Record row) {
        String predicate = row.get("predicate", String.class);
        String method = row.get("method", String.class);
        if (!row.get("valid", Boolean.class)) {
            return "is not valid: it is being built, or building it has failed; then drop it and create it again";
        }
        if (predicate != null) {
            return "contains only the rows where " + predicate;
        }
        return method.equals("btree") ? null : "is a " + method + " index, which has no order";
    }

    private static Part part(Record row) {
        String column = row.get("column_name", String.class);
        int direction = row.get("direction", Integer.class);
        Reading reading = direction == DESCENDING_NULLS_FIRST ? Reading.BACKWARD : Reading.FORWARD;
        String flaw = null;
        if (!row.get("collated", Boolean.class)) {
            flaw = "has " + column + " in another collation than the column's";
        } else if (!row.get("in_order", Boolean.class)) {
            flaw = "has " + column + " in the order of another operator class than the type's own";
        } else if (direction != 0 && direction != DESCENDING_NULLS_FIRST) {
            // The planner requires this even if the column has no nulls.
            flaw = "has nulls at the other end of " + column + " than ORDER BY";
        }
        return new Part(column, reading, flaw);
    }
}
