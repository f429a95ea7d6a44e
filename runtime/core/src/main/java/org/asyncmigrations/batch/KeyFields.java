package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.product.KeyColumn;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * What queries select and order by of a key's columns.
 *
 * @param columns the key's columns
 */
record KeyFields(List<KeyColumn> columns) {
    /** How a query around another names the key's columns. */
    private static final String PLAIN = "async_key_";

    /** {@return the columns in their order} */
    List<Field<?>> order() {
        return columns.stream().<Field<?>>map(KeyColumn::field).toList();
    }

    /** {@return the text of a row that a walk goes on from} */
    List<Field<String>> texts() {
        return columns.stream().map(KeyColumn::provenText).toList();
    }

    /** {@return the columns under names of their own, for a query around the one that reads them} */
    List<Field<?>> inner() {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(columns.get(i).field().as(PLAIN + i));
        }
        return fields;
    }

    /** {@return what {@link #inner} has read, in the key's order} */
    List<Field<?>> outer() {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(DSL.field(DSL.name(PLAIN + i)));
        }
        return fields;
    }

    /** {@return the text of what {@link #inner} has read, as {@link #texts}} */
    List<Field<String>> outerTexts() {
        List<Field<?>> outer = outer();
        List<Field<String>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(columns.get(i).form().proven(outer.get(i)).as("async_text_" + i));
        }
        return fields;
    }

    /** {@return an order from behind} */
    static List<SortField<?>> descending(List<Field<?>> order) {
        return order.stream().<SortField<?>>map(Field::desc).toList();
    }
}
