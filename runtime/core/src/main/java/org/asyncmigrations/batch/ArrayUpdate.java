package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One UPDATE from an array a column, for PostgreSQL: the statement is as short for a thousand rows as for one. */
record ArrayUpdate(RowWriter writer) implements RowWriter.Way {
    /** {@return whether the columns' values can be written as text} */
    static boolean fits(List<Field<?>> columns, KeySpace space) {
        return columns.stream().allMatch(column -> space.type(column) != null && ColumnText.fits(column));
    }

    @Override
    public void write(List<Field<?>> columns, List<ChangedRow> rows) {
        List<QueryPart> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Condition> isRow = new ArrayList<>();
        // With it the planner joins the batch's stretch of the index, instead of looking each key up.
        isRow.add(writer.range());
        List<KeyColumn> key = writer.space().columns();
        for (int i = 0; i < key.size(); i++) {
            int place = i;
            arrays.add(array(key.get(i).field(), rows, row -> row.key().values().get(place)));
            names.add("async_key_" + i);
            isRow.add(key.get(i).comparable().eq(DSL.field("async_key_" + i)));
        }
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            Field<?> column = columns.get(i);
            ColumnText text = new ColumnText(column);
            arrays.add(array(column, rows, row -> text.of(row.values().get(place))));
            names.add("async_value_" + i);
            values.put(column, DSL.field("async_value_" + i, column.getDataType()));
        }
        writer.dsl()
                .update(writer.space().table())
                .set(values)
                .from(DSL.table("unnest({0}) as async_changes(" + String.join(", ", names) + ")", DSL.list(arrays)))
                .where(isRow)
                .execute();
    }

    private Field<?> array(Field<?> column, List<ChangedRow> rows, Function<ChangedRow, @Nullable String> text) {
        return UntypedText.array(Objects.requireNonNull(writer.space().type(column)), rows, text);
    }
}
