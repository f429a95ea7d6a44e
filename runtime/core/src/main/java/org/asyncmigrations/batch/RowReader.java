package org.asyncmigrations.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.KeyColumn;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Locks and reads the rows of a batch, each with its key as text. It reads them in the key's order, so that two batches can't
 * deadlock. The application can't change a locked row between this and the write. The alternative, comparing PostgreSQL's xmin, was
 * measured and costs the server as much.
 *
 * @param dsl access to the database
 * @param space the table
 * @param keys the condition on the key; the pending rows that match it are read
 * @param upTo the last key, null for unknown
 */
record RowReader(
        DSLContext dsl,
        KeySpace space,
        Condition keys,
        @Nullable Key upTo) {
    /** {@return whether the table was named without its columns, so that the database's are used} */
    static boolean isPlain(Table<?> table) {
        return table.fields().length == 0;
    }

    /**
     * Reads the rows.
     *
     * @throws HiddenRowsException if rows were left out
     */
    <R extends Record> List<ReadRow<R>> read(Table<R> table) {
        List<ReadRow<R>> rows = readOnce(table);
        Key unread = unread(rows);
        if (unread == null) {
            return rows;
        }
        // The row may have been inserted in between.
        List<ReadRow<R>> again = readOnce(table);
        boolean isRead = again.stream().anyMatch(row -> row.key().equals(unread));
        if (!isRead && dsl.fetchExists(space.table(), space.pendingOf(space.row(unread)))) {
            throw new HiddenRowsException(space, again.size(), unread);
        }
        return again;
    }

    private <R extends Record> List<ReadRow<R>> readOnce(Table<R> table) {
        return isPlain(table) ? readPlain() : readTyped(table);
    }

    /** {@return the first row after the last one that was read; rows come in the key's order, so a row limit cuts off the last ones} */
    private @Nullable Key unread(List<? extends ReadRow<?>> rows) {
        Key last = rows.isEmpty() ? null : rows.get(rows.size() - 1).key();
        return last != null && last.equals(upTo)
                ? null
                // With the conditions in this order, PostgreSQL starts to read its index there.
                : space.first(dsl, space.range(last, null).and(keys));
    }

    /** Reads each row directly as the table's record, and the key next to it. Converting general records would cost as much again. */
    private <R extends Record> List<ReadRow<R>> readTyped(Table<R> table) {
        int width = table.fields().length;
        List<ReadRow<R>> read = new ArrayList<>();
        try (Cursor<R> cursor =
                query(table, Stream.of(table.fields())).coerce(table).fetchLazy()) {
            ResultSet row = Objects.requireNonNull(cursor.resultSet());
            for (R record = cursor.fetchNext(); record != null; record = cursor.fetchNext()) {
                @Nullable String[] key = new String[space.columns().size()];
                for (int i = 0; i < key.length; i++) {
                    key[i] = row.getString(width + i + 1);
                }
                if (isInBatch(key[0])) {
                    read.add(new ReadRow<>(record, space.key(key)));
                }
            }
        } catch (SQLException failure) {
            throw new DataAccessException("the key of a row of " + table + " cannot be read", failure);
        }
        return read;
    }

    /** Reads the rows of a plain table. Their records have the columns that the database reports, and no type of their own. */
    @SuppressWarnings("unchecked")
    private <R extends Record> List<ReadRow<R>> readPlain() {
        Field<?>[] fields = space.plainColumns(dsl).selected().toArray(Field<?>[]::new);
        List<ReadRow<R>> read = new ArrayList<>();
        for (Record row : query(space.table(), Stream.of(fields)).fetch()) {
            if (isInBatch(row.get(fields.length, String.class))) {
                read.add(new ReadRow<>((R) row.into(fields), space.key(row, fields.length)));
            }
        }
        return read;
    }

    /**
     * Whether a row is still in the batch. A row that moves while its lock is waited for is read at its new position, which may be
     * in another batch.
     */
    private boolean isInBatch(@Nullable String key) {
        return key != null || space.positions() == null;
    }

    private Field<String> key(KeyColumn column) {
        return space.positions() == null
                ? column.text()
                : DSL.when(keys, column.form().text(column.field())).as("async_position");
    }

    private Select<?> query(Table<?> table, Stream<? extends SelectFieldOrAsterisk> columns) {
        Stream<? extends SelectFieldOrAsterisk> key = space.columns().stream().map(this::key);
        SelectForUpdateStep<Record> select = dsl.select(
                        Stream.concat(columns, key).collect(Collectors.toList()))
                .from(table)
                .where(space.pendingOf(keys))
                .orderBy(space.fields().order());
        return space.product().locking(select);
    }
}
