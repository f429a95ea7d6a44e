package org.asyncmigrations.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.KeyColumn;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
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
     * Reads whole rows.
     *
     * @throws HiddenRowsException if rows were left out
     */
    <R extends Record> List<ReadRow<R>> read(Table<R> table) {
        return all(() -> readTyped(table.fields(), select -> select.coerce(table)));
    }

    /**
     * Reads some columns of rows.
     *
     * @throws HiddenRowsException if rows were left out
     */
    List<ReadRow<Record>> read(Field<?>[] columns) {
        return all(() -> readTyped(columns, select -> select.coerce(columns)));
    }

    /**
     * Reads columns of rows of a plain table. Their records have no type of their own.
     *
     * @throws HiddenRowsException if rows were left out
     */
    List<ReadRow<Record>> read(PlainColumns columns) {
        return all(() -> readPlain(columns.selected().toArray(Field<?>[]::new)));
    }

    private <R extends Record> List<ReadRow<R>> all(Supplier<List<ReadRow<R>>> once) {
        List<ReadRow<R>> rows = once.get();
        Key unread = unread(rows);
        if (unread == null) {
            return rows;
        }
        // The row may have been inserted in between.
        List<ReadRow<R>> again = once.get();
        boolean isRead = again.stream().anyMatch(row -> row.key().equals(unread));
        if (!isRead && dsl.fetchExists(space.table(), space.pendingOf(space.row(unread)))) {
            throw new HiddenRowsException(space, again.size(), unread);
        }
        return again;
    }

    /** {@return the first row after the last one that was read; rows come in the key's order, so a row limit cuts off the last ones} */
    private @Nullable Key unread(List<? extends ReadRow<?>> rows) {
        Key last = rows.isEmpty() ? null : rows.get(rows.size() - 1).key();
        return last != null && last.equals(upTo)
                ? null
                // With the conditions in this order, PostgreSQL starts to read its index there.
                : space.first(dsl, space.range(last, null).and(keys));
    }

    /** Reads each row directly as the record, and the key next to it. Converting general records would cost as much again. */
    private <R extends Record> List<ReadRow<R>> readTyped(
            Field<?>[] columns, Function<Select<?>, ResultQuery<R>> coerced) {
        int width = columns.length;
        List<ReadRow<R>> read = new ArrayList<>();
        try (Cursor<R> cursor = coerced.apply(query(Stream.of(columns))).fetchLazy()) {
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
            throw new DataAccessException("the key of a row of " + space.table() + " cannot be read", failure);
        }
        return read;
    }

    private List<ReadRow<Record>> readPlain(Field<?>[] columns) {
        List<ReadRow<Record>> read = new ArrayList<>();
        for (Record row : query(Stream.of(columns)).fetch()) {
            if (isInBatch(row.get(columns.length, String.class))) {
                read.add(new ReadRow<>(row.into(columns), space.key(row, columns.length)));
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

    private Select<?> query(Stream<? extends SelectFieldOrAsterisk> columns) {
        Stream<? extends SelectFieldOrAsterisk> key = space.columns().stream().map(this::key);
        SelectForUpdateStep<Record> select = dsl.select(
                        Stream.concat(columns, key).collect(Collectors.toList()))
                .from(space.table())
                .where(space.pendingOf(keys))
                .orderBy(space.fields().order());
        return space.product().locking(select);
    }
}
