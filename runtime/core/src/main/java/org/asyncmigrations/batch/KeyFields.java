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
 * @param descending whether they are walked from the highest to the lowest
 */
record KeyFields(List<KeyColumn> columns, boolean descending) {
    /** How a query around another names the key's columns. */
    private static final String PLAIN = "async_key_";

    /** {@return the order of the walk} */
    List<SortField<?>> order() {
        return order(descending);
    }

    /** {@return the order of the walk from behind} */
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

    /** {@return the order of the walk of what {@link #inner} has read} */
    List<SortField<?>> outerOrder() {
        return outer().stream()
                .<SortField<?>>map(field -> directed(field, descending))
                .toList();
    }

    /** {@return the same from behind} */
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

    /** {@return the text of what {@link #inner} has read, as {@link #texts}} */
    List<Field<String>> outerTexts() {
        List<Field<?>> outer = outer();
        List<Field<String>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(columns.get(i).form().proven(outer.get(i)).as("async_text_" + i));
        }
        return fields;
    }
}
