package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * One UPDATE that joins the new values, for MariaDB and MySQL. It takes half the time of a JDBC batch. The server guesses the width
 * of each column of values, so not all types and lengths are safe.
 */
final class JoinUpdate {
    /** Here MariaDB 11.4 silently cuts a text to its length modulo 65,536 bytes. A character has at most four bytes. */
    private static final int LONGEST_VALUE = 16_000;

    private JoinUpdate() {}

    /** {@return whether the columns' types are safe; JSON is cut to the length in the first row} */
    static boolean fits(List<Field<?>> columns) {
        return columns.stream()
                .allMatch(column -> ColumnText.fits(column)
                        && column.getConverter().fromType() != JSON.class
                        && column.getConverter().fromType() != JSONB.class);
    }

    /** {@return whether no value of the row is cut} */
    static boolean fits(List<Field<?>> columns, ChangedRow row) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new ColumnText(columns.get(i)).of(row.values().get(i)))
                .allMatch(text -> text == null || text.length() <= LONGEST_VALUE);
    }

    static long write(ChangedRows changed) {
        List<Field<?>> columns = changed.columns();
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(
                    columns.get(i), DSL.field("async_value_" + i, columns.get(i).getDataType()));
        }
        List<KeyColumn> key = changed.key();
        List<Condition> isRow = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            isRow.add(key.get(i).comparable().eq(DSL.field("async_key_" + i)));
        }
        return changed.dsl()
                .update(changed.table().join(changes(changed)).on(DSL.and(isRow)))
                .set(values)
                .execute();
    }

    private static Table<?> changes(ChangedRows changed) {
        List<QueryPart> selects = new ArrayList<>();
        for (ChangedRow row : changed.rows()) {
            selects.add(DSL.list(cells(changed, row)));
        }
        String template = IntStream.range(0, changed.rows().size())
                .mapToObj(i -> "select {" + i + "}")
                .collect(Collectors.joining(" union all ", "(", ") async_changes"));
        return DSL.table(template, selects.toArray(QueryPart[]::new));
    }

    private static List<Field<?>> cells(ChangedRows changed, ChangedRow row) {
        List<Field<?>> columns = changed.columns();
        List<Field<?>> cells = new ArrayList<>();
        List<KeyColumn> key = changed.key();
        for (int i = 0; i < key.size(); i++) {
            cells.add(DSL.field(
                    "{0} as async_key_" + i, key.get(i).value(row.key().get(i))));
        }
        for (int i = 0; i < columns.size(); i++) {
            cells.add(DSL.field("{0} as async_value_" + i, DSL.val(row.values().get(i), columns.get(i))));
        }
        return cells;
    }
}
