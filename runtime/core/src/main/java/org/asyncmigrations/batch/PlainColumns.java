package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Geometry;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that the migration names without columns, with the types that the database reports. A type that jOOQ
 * doesn't know is handled as text, which the database reads back as it has written it. Immutable and thread-safe.
 *
 * @param selected the fields to read: each column by its name, and once more by its name in lower case if that is different
 * @param written for each of these, the column
 */
record PlainColumns(List<Field<?>> selected, List<Field<?>> written) {
    static PlainColumns of(KeySpace space, DSLContext dsl) {
        List<Field<?>> columns = new ArrayList<>();
        for (Field<?> told : dsl.select(DSL.asterisk())
                .from(space.table())
                .where(DSL.falseCondition())
                .fetch()
                .fields()) {
            columns.add(DSL.field(DSL.quotedName(told.getName()), type(space, told)));
        }
        List<Field<?>> selected = new ArrayList<>(columns);
        List<Field<?>> written = new ArrayList<>(columns);
        for (Field<?> column : columns) {
            String lower = column.getName().toLowerCase(Locale.ROOT);
            boolean isOne = columns.stream()
                            .filter(other -> other.getName().equalsIgnoreCase(lower))
                            .count()
                    == 1;
            if (isOne && !lower.equals(column.getName())) {
                selected.add(column.as(DSL.quotedName(lower)));
                written.add(column);
            }
        }
        return new PlainColumns(List.copyOf(selected), List.copyOf(written));
    }

    private static DataType<?> type(KeySpace space, Field<?> told) {
        Class<?> type = told.getType();
        Column column = space.shape().columns().get(told.getName());
        // PostgreSQL's driver declares money as a number, and then fails to read it.
        boolean isMoney = column != null && column.type().equals("money");
        boolean isUnknown = type == Object.class || type == Geometry.class || Record.class.isAssignableFrom(type);
        return isMoney || isUnknown ? space.product().unknownType() : told.getDataType();
    }

    /**
     * Some of the columns, by one of their names.
     *
     * @throws IllegalArgumentException if the table has no such column
     */
    PlainColumns only(Table<?> table, Collection<? extends Field<?>> columns) {
        List<Field<?>> some = new ArrayList<>();
        List<Field<?>> theirs = new ArrayList<>();
        for (Field<?> column : columns) {
            int place = selected.stream().map(Field::getName).toList().indexOf(column.getName());
            if (place < 0) {
                throw absent(table, column);
            }
            some.add(selected.get(place));
            theirs.add(written.get(place));
        }
        return new PlainColumns(List.copyOf(some), List.copyOf(theirs));
    }

    static IllegalArgumentException absent(Table<?> table, Field<?> column) {
        return new IllegalArgumentException(
                "the table " + table + " has no column " + column.getName() + ", which batch.update is to read");
    }

    /**
     * A row's value with the column's type: the code may set a text in a JSON column.
     *
     * @throws IllegalArgumentException for a value that can't be converted to the column's type; jOOQ would turn it into null
     */
    @Nullable
    Object value(Record row, int place) {
        Object set = row.get(place);
        Object value = written.get(place).getDataType().convert(set);
        if (set != null && value == null) {
            throw new IllegalArgumentException(
                    "the column " + written.get(place) + " cannot be set to " + set + ", which is not a value of type "
                            + written.get(place).getType().getSimpleName());
        }
        return value;
    }

    /** Refuses a column that has been set by both of its names. */
    void requireOneName(BitSet changed) {
        if (changed.stream().mapToObj(written::get).distinct().count() < changed.cardinality()) {
            throw new IllegalStateException(
                    "a column was set by its name and by the same name in lower case; use only one of them");
        }
    }
}
