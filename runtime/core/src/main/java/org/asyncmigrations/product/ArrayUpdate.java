package org.asyncmigrations.product;

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

/** One UPDATE with an array for each column, for PostgreSQL: the statement has the same length for one row and for a thousand. */
final class ArrayUpdate {
    private ArrayUpdate() {}

    static long write(ChangedRows changed) {
        List<Field<?>> columns = changed.columns();
        List<QueryPart> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Condition> isRow = new ArrayList<>();
        // With this condition, the planner joins the batch's section of the index instead of looking up each key.
        isRow.add(changed.range());
        List<KeyColumn> key = changed.key();
        for (int i = 0; i < key.size(); i++) {
            int place = i;
            arrays.add(array(changed, key.get(i).name(), row -> row.key().get(place)));
            names.add("async_key_" + i);
            isRow.add(key.get(i).comparable().eq(DSL.field("async_key_" + i)));
        }
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            Field<?> column = columns.get(i);
            ColumnText text = new ColumnText(column);
            arrays.add(
                    array(changed, column.getName(), row -> text.of(row.values().get(place))));
            names.add("async_value_" + i);
            values.put(column, DSL.field("async_value_" + i, column.getDataType()));
        }
        return changed.dsl()
                .update(changed.table())
                .set(values)
                .from(DSL.table("unnest({0}) as async_changes(" + String.join(", ", names) + ")", DSL.list(arrays)))
                .where(isRow)
                .execute();
    }

    private static Field<?> array(ChangedRows changed, String column, Function<ChangedRow, @Nullable String> text) {
        return UntypedText.array(Objects.requireNonNull(changed.type(column)), changed.rows(), text);
    }
}
