package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * One UPDATE from an array a column, for PostgreSQL: the statement is as short for a thousand rows as for one. The arrays are of
 * text, and cast to the columns' own types by the server.
 */
record ArrayUpdate(RowWriter writer) implements RowWriter.Way {
    /** {@return whether the columns' values can be written as text} */
    static boolean fits(List<Field<?>> columns, KeySpace space) {
        return columns.stream().allMatch(column -> space.type(column) != null && ColumnText.fits(column));
    }

    @Override
    public void write(List<Field<?>> columns, List<ChangedRow> rows) {
        List<Field<?>> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Condition> isRow = new ArrayList<>();
        isRow.add(writer.range());
        List<KeyColumn> key = writer.space().columns();
        for (int i = 0; i < key.size(); i++) {
            int place = i;
            arrays.add(array(rows, row -> row.key().values().get(place)));
            names.add("async_key_" + i);
            isRow.add(key.get(i).comparable().eq(key.get(i).form().value(DSL.field("async_key_" + i))));
        }
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            Field<?> column = columns.get(i);
            arrays.add(array(rows, row -> ColumnText.of(column, row.values().get(place))));
            names.add("async_value_" + i);
            String cast = "cast(async_value_" + i + " as " + writer.space().type(column) + ")";
            values.put(column, DSL.field(cast, column.getDataType()));
        }
        writer.dsl()
                .update(writer.space().table())
                .set(values)
                .from(DSL.table("unnest({0}) as async_changes(" + String.join(", ", names) + ")", DSL.list(arrays)))
                .where(isRow)
                .execute();
    }

    private static Field<String[]> array(List<ChangedRow> rows, Function<ChangedRow, @Nullable String> text) {
        return DSL.val(rows.stream().map(text).toArray(String[]::new));
    }
}
