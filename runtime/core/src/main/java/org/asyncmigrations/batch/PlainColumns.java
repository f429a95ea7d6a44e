package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Geometry;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that the migration names without them, with the types that the database tells. A type that jOOQ does not
 * know is text, which the database reads back as it has written it. Immutable, and so safe for threads.
 *
 * @param selected what is read: each column by its name, and once more by its name in lower case if it has another one
 * @param written the column behind each of these
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
        // PostgreSQL's driver takes money for a number, and then fails to read it.
        boolean isMoney = column != null && column.type().equals("money");
        boolean isUnknown = type == Object.class || type == Geometry.class || Record.class.isAssignableFrom(type);
        return isMoney || isUnknown ? space.product().unknownType() : told.getDataType();
    }

    /**
     * A row's value of a column as the column has it: code may set a text where a JSON is.
     *
     * @throws IllegalArgumentException for a value that is none of the column's type, of which jOOQ would make null
     */
    @Nullable
    Object value(Record row, int place) {
        Object set = row.get(place);
        Object value = written.get(place).getDataType().convert(set);
        if (set != null && value == null) {
            throw new IllegalArgumentException("the column " + written.get(place) + " may not be set to " + set
                    + ", which is no " + written.get(place).getType().getSimpleName());
        }
        return value;
    }

    /** Refuses a column that has been set by both of its names. */
    void requireOneName(BitSet changed) {
        if (changed.stream().mapToObj(written::get).distinct().count() < changed.cardinality()) {
            throw new IllegalStateException(
                    "a column was set by its name and by the same name in lower case; use one of both");
        }
    }
}
