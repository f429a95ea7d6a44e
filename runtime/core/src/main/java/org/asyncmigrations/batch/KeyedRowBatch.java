package org.asyncmigrations.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.RowChange;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.ChangedRow;
import org.asyncmigrations.product.ChangedRows;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.RowTally;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.session.WrittenSql;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** A batch of rows: a stretch of a {@link KeySpace}. */
final class KeyedRowBatch implements RowBatch {
    private final DSLContext dsl;
    private final DSLContext own;
    private final KeySpace space;
    private final Part part;
    private final BatchUse use;
    private Condition keys;
    private @Nullable Key cut;
    private @Nullable Exception ofARow;
    private @Nullable RowTally tally;

    /**
     * Which rows of its table a batch has.
     *
     * @param keys the condition on the key that all of the batch's rows match
     * @param after the key after which the batch begins, null for the table's beginning
     * @param upTo the batch's last key, null for unknown
     * @param allowance what the statements may report
     * @param loop accompanies {@code batch.update} from row to row
     */
    record Part(
            Condition keys, @Nullable Key after, @Nullable Key upTo, Allowance allowance, RowLoop loop) {
        /** Rows that are all changed, however long that takes. */
        static Part of(Condition keys, @Nullable Key upTo, Allowance allowance) {
            return new Part(keys, null, upTo, allowance, RowLoop.UNLIMITED);
        }
    }

    /**
     * Creates a batch.
     *
     * @param dsl for the user's statements
     * @param own for our statements
     * @param space the table
     * @param part the batch's rows
     */
    KeyedRowBatch(DSLContext dsl, DSLContext own, KeySpace space, Part part) {
        this.dsl = dsl;
        this.own = own;
        this.space = space;
        this.part = part;
        this.use = new BatchUse(space, part.allowance());
        this.keys = part.keys();
    }

    KeyedRowBatch(DSLContext dsl, DSLContext own, KeySpace space, Condition keys) {
        this(dsl, own, space, Part.of(keys, null, Allowance.ANY));
    }

    /** Calls the user's code, and refuses code that changes rows outside of its batch. {@return how many rows it has changed} */
    RowCount migrate(BatchMigration migration, UserWork work) throws Exception {
        work.observe(use::ended, use::sends);
        tally = work.countRows();
        try {
            long claimed = migration.migrate(this);
            use.require(migration);
            return use.count(tally, claimed);
        } finally {
            work.observe(null, null);
        }
    }

    /** {@return the last key of a batch that ended early, null if it didn't} */
    @Nullable
    Key cut() {
        return cut;
    }

    @Override
    public DSLContext dsl() {
        return dsl;
    }

    @Override
    public Condition rows() {
        use.asks();
        return use.noting(space.pendingOf(keys));
    }

    @Override
    public long execute(String sql, @Nullable Object... binds) {
        WrittenSql written = WrittenSql.of(sql, space.product());
        if (!written.hasRows()) {
            throw ForgottenBatchException.withoutRows(sql);
        }
        return written.execute(dsl, rows(), binds);
    }

    @Override
    public Connection connection() {
        return UserWork.connection(dsl);
    }

    @Override
    public String rowsSql() {
        use.asks();
        return "(" + LiteralSql.of(space.pendingOf(keys), own) + ")";
    }

    /** {@return whether a failure was thrown by the user's code for one row, or was caused by such a failure} */
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
    @SuppressWarnings("unchecked") // The records of a plain table have no type of their own.
    public <R extends Record> long update(Table<R> table, RowChange<? super R> change) throws Exception {
        requireWalked(table);
        if (RowReader.isPlain(table)) {
            return update((Reading<R>) Reading.of(space.plainColumns(own)), change);
        }
        return update(new Reading<>(reader -> reader.read(table), table.fields(), null), change);
    }

    @Override
    public long update(Table<?> table, Collection<? extends Field<?>> columns, RowChange<? super Record> change)
            throws Exception {
        requireWalked(table);
        if (RowReader.isPlain(table)) {
            return update(Reading.of(space.plainColumns(own).only(table, columns)), change);
        }
        Field<?>[] fields = columns.stream()
                .map(column -> {
                    Field<?> field = table.field(column.getName());
                    if (field == null) {
                        throw PlainColumns.absent(table, column);
                    }
                    return field;
                })
                .toArray(Field<?>[]::new);
        return update(new Reading<>(reader -> reader.read(fields), fields, null), change);
    }

    /** How rows are read, and which columns they have. */
    private record Reading<R extends Record>(
            Function<RowReader, List<ReadRow<R>>> rows,
            Field<?>[] columns,
            @Nullable PlainColumns plain) {
        static Reading<Record> of(PlainColumns plain) {
            return new Reading<>(reader -> reader.read(plain), plain.written().toArray(Field<?>[]::new), plain);
        }
    }

    private void requireWalked(Table<?> table) {
        if (!use.mayBeWalked(table)) {
            throw new IllegalArgumentException("batch.update may change only the table of the batch's key, which is "
                    + space.table() + ", not " + table + "; change others through batch.dsl()");
        }
    }

    private <R extends Record> long update(Reading<R> reading, RowChange<? super R> change) throws Exception {
        boolean mayEndEarly = use.isFresh();
        use.asks();
        space.requireWritable();
        List<ReadRow<R>> rows = converting(() -> reading.rows().apply(new RowReader(own, space, keys, part.upTo())));
        return rows.isEmpty() ? 0 : write(changed(reading, rows, change, mayEndEarly));
    }

    /** Changed rows, grouped by their changed columns, since each set of columns becomes one statement. */
    private record Changes(StoredValues stored, Map<BitSet, List<ChangedRow>> rows) {}

    private <R extends Record> Changes changed(
            Reading<R> reading, List<ReadRow<R>> rows, RowChange<? super R> change, boolean mayEndEarly)
            throws Exception {
        PlainColumns plain = reading.plain();
        StoredValues stored = new StoredValues(reading.columns());
        Map<BitSet, List<ChangedRow>> changed = new LinkedHashMap<>();
        Key handled = null;
        part.loop().begins();
        for (ReadRow<R> row : rows) {
            if (handled != null && cut == null && part.loop().isOver()) {
                endAfter(handled, mayEndEarly);
                break;
            }
            BitSet columns = changed(row, stored, change);
            if (plain != null) {
                plain.requireOneName(columns);
            }
            if (!columns.isEmpty()) {
                changed.computeIfAbsent(columns, same -> new ArrayList<>())
                        .add(new ChangedRow(
                                row.key().values(), converting(() -> values(row.record(), columns, plain))));
            }
            handled = row.key();
            part.loop().handled();
        }
        return new Changes(stored, changed);
    }

    /**
     * Ends the batch after a row. The code's later statements apply only to the rows up to it. Statements that it has already sent
     * would be repeated for the others, so then the batch can't end early.
     */
    private void endAfter(Key handled, boolean mayEndEarly) {
        if (!mayEndEarly) {
            throw new BatchTooLongException();
        }
        cut = handled;
        keys = space.range(part.after(), handled);
    }

    private long write(Changes changes) {
        long count = 0;
        for (Map.Entry<BitSet, List<ChangedRow>> group : changes.rows().entrySet()) {
            List<Field<?>> columns = group.getKey().stream()
                    .<Field<?>>mapToObj(changes.stored()::field)
                    .toList();
            columns.forEach(this::requireNoKey);
            ChangedRows rowsAlike = new ChangedRows(
                    own, space.table(), space.shape(), space.columns(), keys, columns, group.getValue());
            long written = converting(() -> space.product().write(rowsAlike));
            requireWritten(written, group.getValue().size());
            count += written;
        }
        if (tally != null) {
            tally.add(space.table().getName(), count);
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

    /** The application's converters, bindings and records may refuse a row's values while a statement is read or written. */
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

    private static List<@Nullable Object> values(Record record, BitSet columns, @Nullable PlainColumns plain) {
        List<@Nullable Object> values = new ArrayList<>(columns.cardinality());
        columns.stream().forEach(i -> values.add(plain == null ? record.get(i) : plain.value(record, i)));
        return values;
    }

    /** The rows are locked. If one isn't written, something in the database has prevented the change. */
    private void requireWritten(long written, int sent) {
        if (written < sent && space.product().countsMatchedRows()) {
            IllegalStateException failure = new IllegalStateException("the database changed only " + written
                    + " of " + sent + " rows of " + space.table()
                    + ": a trigger or a rule has left the others unchanged");
            ofARow = failure;
            throw failure;
        }
    }

    private void requireNoKey(Field<?> field) {
        for (KeyColumn column : space.columns()) {
            if (column.name().equalsIgnoreCase(field.getName())) {
                throw new IllegalStateException(
                        "batch.update must not change the key column " + column.name() + " of " + space.table()
                                + ": the walk would lose its place; change it in another migration, walked by another key");
            }
        }
    }
}
