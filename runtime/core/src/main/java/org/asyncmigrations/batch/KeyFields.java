package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.product.KeyColumn;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * The fields of a key's columns that queries select and order by.
 *
 * @param columns the key's columns
 * @param descending whether the walk goes from the highest to the lowest
 */
record KeyFields(List<KeyColumn> columns, boolean descending) {
    /** The prefix of the key columns' names in a subquery. */
    private static final String PLAIN = "async_key_";

    /** {@return the order of the walk} */
    List<SortField<?>> order() {
        return order(descending);
    }

    /** {@return the reverse order of the walk} */
    List<SortField<?>> reversed() {
        return order(!descending);
    }

    private List<SortField<?>> order(boolean down) {
        return columns.stream()
                .<SortField<?>>map(column -> directed(column.field(), down))
                .toList();
    }

    private static SortField<?> directed(Field<?> field, boolean down) {
        return down ? field.desc() : field.sortDefault();
    }

    /** {@return the key of a row as text, from which a walk can continue} */
    List<Field<String>> texts() {
        return columns.stream().map(KeyColumn::provenText).toList();
    }

    /** {@return the columns with names of their own, for a subquery} */
    List<Field<?>> inner() {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(columns.get(i).field().as(PLAIN + i));
        }
        return fields;
    }

    /** {@return the order of the walk, for a query around {@link #inner}} */
    List<SortField<?>> outerOrder() {
        return outer().stream()
                .<SortField<?>>map(field -> directed(field, descending))
                .toList();
    }

    /** {@return the reverse order, for a query around {@link #inner}} */
    List<SortField<?>> outerReversed() {
        return outer().stream()
                .<SortField<?>>map(field -> directed(field, !descending))
                .toList();
    }

    private List<Field<?>> outer() {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(DSL.field(DSL.name(PLAIN + i)));
        }
        return fields;
    }

    /** {@return the text of the columns of {@link #inner}, as {@link #texts}} */
    List<Field<String>> outerTexts() {
        List<Field<?>> outer = outer();
        List<Field<String>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(columns.get(i).form().proven(outer.get(i)).as("async_text_" + i));
        }
        return fields;
    }
}
