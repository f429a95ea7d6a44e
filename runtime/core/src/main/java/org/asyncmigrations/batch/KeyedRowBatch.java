package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.RowChange;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.ChangedRow;
import org.asyncmigrations.product.ChangedRows;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.product.Trouble;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A batch as a stretch of a {@link KeySpace}. */
final class KeyedRowBatch implements RowBatch {
    private final DSLContext dsl;
    private final DSLContext own;
    private final KeySpace space;
    private final Condition keys;
    private final @Nullable Key upTo;
    private @Nullable Exception ofARow;

    /**
     * A batch.
     *
     * @param dsl for the user's statements
     * @param own for ours
     * @param space the table
     * @param keys the condition on the key that all of the batch's rows match
     */
    KeyedRowBatch(DSLContext dsl, DSLContext own, KeySpace space, Condition keys) {
        this(dsl, own, space, keys, null);
    }

    /**
     * A batch with a last key.
     *
     * @param dsl for the user's statements
     * @param own for ours
     * @param space the table
     * @param keys the condition on the key that all of the batch's rows match
     * @param upTo the last key that does, null for unknown
     */
    KeyedRowBatch(DSLContext dsl, DSLContext own, KeySpace space, Condition keys, @Nullable Key upTo) {
        this.upTo = upTo;
        this.dsl = dsl;
        this.own = own;
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
        space.requireWritable();
        List<ReadRow<R>> rows = converting(() -> new RowReader(own, space, keys, upTo).read(table));
        if (rows.isEmpty()) {
            return 0;
        }
        StoredValues stored = new StoredValues(columns(table, rows.get(0).record()));
        // Per set of changed columns, since each becomes one statement.
        Map<BitSet, List<ChangedRow>> changed = new LinkedHashMap<>();
        for (ReadRow<R> row : rows) {
            BitSet columns = changed(row, stored, change);
            if (!columns.isEmpty()) {
                changed.computeIfAbsent(columns, same -> new ArrayList<>())
                        .add(new ChangedRow(row.key().values(), values(row.record(), columns)));
            }
        }
        long count = 0;
        for (Map.Entry<BitSet, List<ChangedRow>> group : changed.entrySet()) {
            List<Field<?>> columns =
                    group.getKey().stream().<Field<?>>mapToObj(stored::field).toList();
            columns.forEach(this::requireNoKey);
            ChangedRows rowsAlike = new ChangedRows(
                    own, space.table(), space.shape(), space.columns(), keys, columns, group.getValue());
            count += converting(() -> space.product().write(rowsAlike));
        }
        return count;
    }

    private <R extends Record> BitSet changed(ReadRow<R> row, StoredValues stored, RowChange<? super R> change)
            throws Exception {
        R record = row.record();
        try {
            @Nullable Object[] before = stored.of(record);
            change.apply(record);
            return stored.changed(before, record);
        } catch (Exception failure) {
            ofARow = failure;
            throw failure;
        }
    }

    /** Converters, bindings and records of the application may refuse a row's values while a statement is read or written. */
    private <T> T converting(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (RuntimeException failure) {
            SQLException cause = Trouble.sqlException(failure);
            boolean isServers = cause != null && (cause.getSQLState() != null || cause.getErrorCode() != 0);
            if (!isServers && !(failure instanceof NotRetried)) {
                ofARow = failure;
            }
            throw failure;
        }
    }

    private static List<@Nullable Object> values(Record record, BitSet columns) {
        List<@Nullable Object> values = new ArrayList<>(columns.cardinality());
        columns.stream().forEach(i -> values.add(record.get(i)));
        return values;
    }

    private void requireNoKey(Field<?> field) {
        for (KeyColumn column : space.columns()) {
            if (column.name().equals(field.getName())) {
                throw new IllegalStateException(
                        "batch.update may not change the key column " + column.name() + " of " + space.table()
                                + ": the walk would lose its place; change it in another migration, walked by another key");
            }
        }
    }

    private static Field<?>[] columns(Table<?> table, Record row) {
        return !RowReader.isPlain(table)
                ? table.fields()
                : Arrays.stream(row.fields())
                        .map(field -> DSL.field(DSL.quotedName(field.getName()), field.getDataType()))
                        .toArray(Field<?>[]::new);
    }
}
