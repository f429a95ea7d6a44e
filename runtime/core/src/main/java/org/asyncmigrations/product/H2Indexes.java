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

/** The indexes of an H2 table. */
final class H2Indexes {
    private static final String SQL = "select i.index_name, i.index_class, c.column_name, c.ordering_specification"
            + " from information_schema.indexes i join information_schema.index_columns c"
            + " on c.index_schema = i.index_schema and c.index_name = i.index_name"
            + " where i.table_schema = {0} and i.table_name = {1} order by i.index_name, c.ordinal_position";

    private H2Indexes() {}

    static List<KeyIndex> read(DSLContext dsl, TableShape shape) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        Map<String, @Nullable String> defects = new LinkedHashMap<>();
        for (Record row : dsl.fetch(SQL, DSL.val(shape.schema()), DSL.val(shape.name()))) {
            String name = row.get(0, String.class);
            // Indexes declared as hash indexes are trees too; only a spatial one isn't.
            boolean tree = !row.get(1, String.class).contains("Spatial");
            defects.put(name, tree ? null : "is a spatial index, which has no order");
            Reading reading = "DESC".equals(row.get(3, String.class)) ? Reading.BACKWARD : Reading.FORWARD;
            parts.computeIfAbsent(name, index -> new ArrayList<>())
                    .add(new Part(row.get(2, String.class), reading, null));
        }
        return parts.entrySet().stream()
                .map(index -> new KeyIndex(index.getKey(), index.getValue(), defects.get(index.getKey())))
                .toList();
    }
}
