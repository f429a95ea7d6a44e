package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.product.KeyIndex.Part;
import org.asyncmigrations.product.KeyIndex.Reading;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The indexes of a MariaDB or MySQL table. */
final class InnoDbIndexes {
    private static final String SQL = "select s.*, t.engine as table_engine from information_schema.statistics s"
            + " join information_schema.tables t on t.table_schema = s.table_schema and t.table_name = s.table_name"
            + " where s.table_schema = {0} and s.table_name = {1} order by s.index_name, s.seq_in_index";

    private static final String PRIMARY = "PRIMARY";

    private InnoDbIndexes() {}

    static List<KeyIndex> read(DSLContext dsl, TableShape shape) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        Map<String, @Nullable String> defects = new LinkedHashMap<>();
        boolean clustered = false;
        for (Record row : dsl.fetch(SQL, DSL.val(shape.schema()), DSL.val(shape.name()))) {
            String name = String.valueOf(text(row, "INDEX_NAME"));
            defects.put(name, defect(row));
            parts.computeIfAbsent(name, index -> new ArrayList<>()).add(part(row));
            clustered = "InnoDB".equalsIgnoreCase(text(row, "TABLE_ENGINE"));
        }
        List<Part> primary = clustered ? parts.getOrDefault(PRIMARY, List.of()) : List.of();
        return parts.entrySet().stream()
                .map(index ->
                        new KeyIndex(index.getKey(), extended(index.getValue(), primary), defects.get(index.getKey())))
                .toList();
    }

    /** InnoDB appends the missing columns of the primary key to each index, and the optimizer uses that. */
    private static List<Part> extended(List<Part> parts, List<Part> primary) {
        List<Part> all = new ArrayList<>(parts);
        for (Part part : primary) {
            if (parts.stream().noneMatch(has -> String.valueOf(has.column()).equals(part.column()))) {
                all.add(part);
            }
        }
        return all;
    }

    private static @Nullable String defect(Record row) {
        String type = String.valueOf(text(row, "INDEX_TYPE"));
        // MariaDB's column, then MySQL's.
        if ("YES".equals(text(row, "IGNORED")) || "NO".equals(text(row, "IS_VISIBLE"))) {
            return "is hidden from the optimizer";
        }
        return type.equals("BTREE") ? null : "is a " + type + " index, which has no order";
    }

    private static Part part(Record row) {
        String column = text(row, "COLUMN_NAME");
        String length = text(row, "SUB_PART");
        return new Part(
                column,
                "D".equals(text(row, "COLLATION")) ? Reading.BACKWARD : Reading.FORWARD,
                length == null ? null : "has only the first " + length + " characters of " + column);
    }

    /** {@return the value of a catalog column, also null if this server doesn't have the column} */
    private static @Nullable String text(Record row, String name) {
        for (Field<?> field : row.fields()) {
            if (field.getName().equalsIgnoreCase(name)) {
                return row.get(field, String.class);
            }
        }
        return null;
    }
}
