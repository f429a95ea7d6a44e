package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.RowChange;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A batch as a stretch of a {@link KeySpace}. */
final class KeyedRowBatch implements RowBatch {
    private final DSLContext dsl;
    private final KeySpace space;
    private final Condition keys;
    private @Nullable Exception ofARow;

    /** @param keys the condition on the key that all of the batch's rows match */
    KeyedRowBatch(DSLContext dsl, KeySpace space, Condition keys) {
        this.dsl = dsl;
        this.space = space;
        this.keys = keys;
    }

    @Override
    public DSLContext dsl() {
        return dsl;
    }

    @Override
    public Condition rows() {
        return space.pendingOf(keys);
    }

    /** {@return whether that is, or comes from, what the user's code has thrown at one row} */
    boolean isOfARow(Throwable failure) {
        Throwable cause = failure;
        // Causes may form a ring.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause == ofARow && !(cause instanceof InterruptedException)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public <R extends Record> long update(Table<R> table, RowChange<? super R> change) throws Exception {
        if (!table.equals(space.table())) {
            throw new IllegalArgumentException("batch.update may change only the table of the batch's key, which is "
                    + space.table() + ", not " + table + "; change others through batch.dsl()");
        }
        Result<? extends Record> rows = read(table);
        // Per set of changed columns, since each becomes one statement.
        Map<List<Integer>, List<ChangedRow>> changed = new LinkedHashMap<>();
        for (Record row : rows) {
            ChangedRow written = changed(row, table, change);
            if (!written.columns().isEmpty()) {
                changed.computeIfAbsent(written.columns(), columns -> new ArrayList<>())
                        .add(written);
            }
        }
        RowWriter writer = new RowWriter(dsl, space, keys);
        long count = 0;
        for (Map.Entry<List<Integer>, List<ChangedRow>> group : changed.entrySet()) {
            writer.write(fields(table, rows, group.getKey()), group.getValue());
            count += group.getValue().size();
        }
        return count;
    }

    /** Locks and reads: the table's columns, and behind them the key as text. In the key's order, so that two batches cannot deadlock. */
    private Result<? extends Record> read(Table<?> table) {
        Stream<? extends SelectFieldOrAsterisk> columns =
                isPlain(table) ? Stream.of(DSL.asterisk()) : Stream.of(table.fields());
        Stream<? extends SelectFieldOrAsterisk> key = space.columns().stream().map(KeyColumn::text);
        return dsl.select(Stream.concat(columns, key).collect(Collectors.toList()))
                .from(table)
                .where(rows())
                .orderBy(space.order())
                .forUpdate()
                .fetch();
    }

    private <R extends Record> ChangedRow changed(Record row, Table<R> table, RowChange<? super R> change)
            throws Exception {
        int width = row.size() - space.columns().size();
        Object[] before = new Object[width];
        for (int i = 0; i < width; i++) {
            before[i] = copied(row.get(i));
        }
        R record = record(row, table, width);
        try {
            change.apply(record);
        } catch (Exception failure) {
            ofARow = failure;
            throw failure;
        }
        List<Integer> columns = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            if (!Objects.deepEquals(before[i], record.get(i))) {
                requireNoKey(row.field(i));
                columns.add(i);
                values.add(record.get(i));
            }
        }
        return new ChangedRow(key(row, width), columns, values);
    }

    /** For a plain table the record has what the database told of its columns, and no type of its own. */
    @SuppressWarnings("unchecked")
    private static <R extends Record> R record(Record row, Table<R> table, int width) {
        if (isPlain(table)) {
            Field<?>[] fields = new Field<?>[width];
            System.arraycopy(row.fields(), 0, fields, 0, width);
            return (R) row.into(fields);
        }
        return row.into(table);
    }

    private void requireNoKey(@Nullable Field<?> field) {
        for (KeyColumn column : space.columns()) {
            if (field != null && column.name().equals(field.getName())) {
                throw new IllegalStateException(
                        "batch.update may not change the key column " + column.name() + " of " + space.table()
                                + ": the walk would lose its place; change it in another migration, walked by another key");
            }
        }
    }

    private Key key(Record row, int width) {
        List<String> values = new ArrayList<>();
        for (int i = width; i < row.size(); i++) {
            values.add(Objects.requireNonNull(row.get(i, String.class)));
        }
        return new Key(values);
    }

    private static List<Field<?>> fields(Table<?> table, Result<? extends Record> rows, List<Integer> columns) {
        return columns.stream()
                .<Field<?>>map(i -> isPlain(table)
                        ? DSL.field(
                                DSL.quotedName(rows.field(i).getName()),
                                rows.field(i).getDataType())
                        : Objects.requireNonNull(table.field(i)))
                .toList();
    }

    /** Arrays and dates may be changed in place, where the record would hold the same object as before. */
    private static @Nullable Object copied(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof Object[] array) {
            return array.clone();
        }
        return value instanceof java.util.Date date ? date.clone() : value;
    }

    private static boolean isPlain(Table<?> table) {
        return table.fields().length == 0;
    }
}
