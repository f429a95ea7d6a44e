package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.KeyText;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.RowPositions;
import org.asyncmigrations.product.TableShape;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitPercentStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is walked: ordered by a key that is unique and never null, upwards or downwards, compared by the database alone. First,
 * last, before and behind are meant in the order of the walk. Immutable, and so safe for threads; every method that asks the database is handed the context to ask with.
 */
final class KeySpace {
    /** What the state tables' key columns hold. */
    private static final int LONGEST_TEXT = 3_100;

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';

    private final Table<?> table;
    private final KeyResolution resolution;
    private final Product product;
    private final List<KeyColumn> columns;
    private final boolean descending;
    private final @Nullable RowPositions positions;
    private final KeyFields fields;
    private final KeyRange range;
    private final @Nullable Condition pending;
    private final TableShape shape;
    private final @Nullable String unwritable;

    /** Asked for once. */
    private final AtomicReference<PlainColumns> plain = new AtomicReference<>();

    private KeySpace(Table<?> table, KeyResolution resolution, @Nullable Condition pending, Product product) {
        this.table = table;
        this.resolution = resolution;
        this.product = product;
        this.columns = resolution.columns();
        this.shape = resolution.shape();
        this.unwritable = resolution.unwritable();
        this.descending = resolution.descending();
        this.positions = resolution.positions();
        this.fields = new KeyFields(columns, descending);
        this.range = new KeyRange(columns, descending, product);
        this.pending = pending;
    }

    /**
     * Holds a key against its real table.
     *
     * @param pending the rows that still need the change, {@link DSL#noCondition()} for all
     * @throws IllegalKeyException when the table cannot be walked by that key
     */
    static KeySpace of(BatchKey key, Condition pending, Product product, DSLContext dsl) {
        boolean all = pending.equals(DSL.noCondition());
        KeyResolution resolution = KeyResolution.of(key, product, dsl);
        if (all && resolution.positions() != null) {
            throw new IllegalKeyException(
                    "a walk of " + key.table() + " by position needs pending(): each UPDATE moves its row to"
                            + " another position, and nothing else tells which rows have been changed; override pending() with the"
                            + " rows that still need the change, or let key() name columns with a unique index");
        }
        return new KeySpace(key.table(), resolution, all ? null : pending, product);
    }

    /** {@return the same table with some keys that are not pending whatever their rows hold} */
    KeySpace without(List<String> keys) {
        return pending == null || keys.isEmpty()
                ? this
                : new KeySpace(
                        table,
                        resolution,
                        pending.andNot(
                                DSL.or(keys.stream().map(key -> row(read(key))).toList())),
                        product);
    }

    /**
     * A key's values as the database writes them; see {@link KeyText}.
     *
     * @param values as many as the key has columns
     */
    record Key(List<String> values) {
        Key {
            values = List.copyOf(values);
        }
    }

    Table<?> table() {
        return table;
    }

    /** @throws IllegalKeyException when a key may be that of several rows, so that rows must not be written back by it */
    void requireWritable() {
        if (unwritable != null) {
            throw new IllegalKeyException(unwritable);
        }
    }

    /** {@return the database product that the table is in} */
    Product product() {
        return product;
    }

    /** {@return what the database says of the table} */
    TableShape shape() {
        return shape;
    }

    /** {@return the columns of a table that was named without them} */
    PlainColumns plainColumns(DSLContext dsl) {
        PlainColumns known = plain.get();
        if (known != null) {
            return known;
        }
        PlainColumns read = PlainColumns.of(this, dsl);
        plain.set(read);
        return read;
    }

    /** {@return which rows are pending, null for all} */
    @Nullable
    Condition pending() {
        return pending;
    }

    /** {@return the key's columns, those appended included} */
    List<KeyColumn> columns() {
        return columns;
    }

    /** {@return whether the walk goes from the highest key to the lowest} */
    boolean isDescending() {
        return descending;
    }

    /** {@return what is known of the rows' positions, null unless they are what is walked by} */
    @Nullable
    RowPositions positions() {
        return positions;
    }

    /** {@return what queries take of the key's columns} */
    KeyFields fields() {
        return fields;
    }

    /** {@return whether the migration says which rows are pending} */
    boolean hasPending() {
        return pending != null;
    }

    /** {@return the keys behind {@code after} up to and with {@code upTo}; null leaves that side open} */
    Condition range(@Nullable Key after, @Nullable Key upTo) {
        return range.between(after, upTo);
    }

    /**
     * The range's rows that are pending. {@code IS TRUE} gives NULL its meaning, and keeps PostgreSQL on the key's index
     * where stale statistics promise that few rows are pending.
     */
    Condition rows(@Nullable Key after, @Nullable Key upTo) {
        return pendingOf(range(after, upTo));
    }

    /** {@return that one row} */
    Condition row(Key key) {
        return range.at(key);
    }

    /** {@return those of some keys that are pending} */
    Condition pendingOf(Condition keys) {
        return pending == null ? keys : keys.and(DSL.condition("({0}) is true", pending));
    }

    /** {@return how many rows match {@link #rows}, in one reading} */
    long countPending(DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        return dsl.fetchCount(table, rows(after, upTo));
    }

    /** {@return the key of the {@code rows}th row of {@link #rows}, null when there are fewer} */
    @Nullable
    Key pendingEnd(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long rows) {
        return key(dsl.fetchOne(ordered(dsl, rows(after, upTo), 1, rows - 1)));
    }

    /**
     * The end of a batch.
     *
     * @return the key that is {@code keys} further on than {@code after}, by position one that is fewer; null when fewer are left: the
     *     tail
     */
    @Nullable
    Key end(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        return positions == null
                ? exactEnd(dsl, after, upTo, keys)
                : new PageWindow(this, positions, keys).end(dsl, after, upTo);
    }

    /** {@return the query that {@link #end} begins with} */
    Select<?> endQuery(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        Key window = positions == null ? upTo : new PageWindow(this, positions, keys).first(after);
        return exactEndQuery(dsl, after, window, keys);
    }

    /** {@return how many keys lie behind {@code after} up to and with an {@link #end} that was looked for {@code keys} further on} */
    long keys(DSLContext dsl, @Nullable Key after, Key end, long keys) {
        boolean isExact =
                positions == null || !RowPositions.isBeginning(end.values().get(0));
        return isExact ? keys : dsl.fetchCount(table, range(after, end));
    }

    /** {@return the key that is {@code keys} further on than {@code after}, null when fewer are left; by position all of them are sorted} */
    @Nullable
    Key exactEnd(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        return key(dsl.fetchOne(exactEndQuery(dsl, after, upTo, keys)));
    }

    private Select<?> exactEndQuery(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        // The database writes the text of all that it counts, unless the one is chosen first.
        Table<?> one = dsl.select(fields.inner())
                .from(table)
                .where(range(after, upTo))
                .orderBy(fields.order())
                .limit(1)
                .offset(keys - 1)
                .asTable("async_end");
        return dsl.select(fields.outerTexts()).from(one);
    }

    /** How many keys there are, and how many of them are pending. */
    record Count(long keys, long pending) {}

    /** Counts the keys behind {@code after} up to and with {@code upTo}: those of a range, never a table's. */
    Count count(DSLContext dsl, @Nullable Key after, Key upTo) {
        return dsl.select(DSL.count(), DSL.count().filterWhere(pendingOf(DSL.noCondition())))
                .from(table)
                .where(range(after, upTo))
                .fetchSingle(row -> new Count(row.value1(), row.value2()));
    }

    /** {@return the last key behind {@code after}, null for none} */
    @Nullable
    Key last(DSLContext dsl, @Nullable Key after) {
        return key(dsl.select(fields.texts())
                .from(table)
                .where(range(after, null))
                .orderBy(fields.reversed())
                .limit(1)
                .fetchOne());
    }

    /** {@return the last key before another, null when that is the first} */
    @Nullable
    Key before(DSLContext dsl, Key key) {
        return key(dsl.select(fields.texts())
                .from(table)
                .where(range(null, key))
                .orderBy(fields.reversed())
                .limit(1)
                .offset(1)
                .fetchOne());
    }

    /** {@return the first key of {@link #rows}, null for none} */
    @Nullable
    Key firstPending(DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        return first(dsl, range(after, upTo));
    }

    /** {@return the first of some keys whose row is pending, null for none} */
    @Nullable
    Key first(DSLContext dsl, Condition keys) {
        return key(dsl.fetchOne(ordered(dsl, pendingOf(keys), 1, 0)));
    }

    /** {@return the first keys of {@link #rows}, in order, at most {@code limit}} */
    List<Key> somePending(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, int limit) {
        return dsl.fetch(inOrder(dsl, rows(after, upTo), limit)).map(row -> key(row, 0));
    }

    /** {@return the keys of some rows, in order, at most {@code limit}} */
    SelectLimitPercentStep<Record> inOrder(DSLContext dsl, Condition condition, int limit) {
        return dsl.select(fields.texts())
                .from(table)
                .where(condition)
                .orderBy(fields.order())
                .limit(limit);
    }

    private Select<?> ordered(DSLContext dsl, Condition condition, int limit, long offset) {
        return inOrder(dsl, condition, limit).offset(offset);
    }

    /** {@return how many rows the table has as the database's planner estimates it, 0 for unknown; nothing is counted} */
    long estimate(DSLContext dsl) {
        return product.estimate(dsl, table, shape);
    }

    /**
     * Writes a key for the state tables.
     *
     * @throws IllegalKeyException when it is too long for them
     */
    String write(Key key) {
        String text = columns.size() == 1 ? key.values().get(0) : joined(key);
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalKeyException("a key of " + table + " may have at most " + LONGEST_TEXT
                    + " characters, and one has " + text.length() + ": " + text.substring(0, 40)
                    + "…; walk the table by a shorter key");
        }
        return text;
    }

    /** {@return the key that {@link #write} has written} */
    Key read(String text) {
        return new Key(columns.size() == 1 ? List.of(text) : split(text));
    }

    private static String joined(Key key) {
        StringBuilder text = new StringBuilder();
        for (String value : key.values()) {
            value.chars().forEach(c -> {
                if (c == SEPARATOR || c == ESCAPE) {
                    text.append(ESCAPE);
                }
                text.append((char) c);
            });
            text.append(SEPARATOR);
        }
        return text.substring(0, text.length() - 1);
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SEPARATOR) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c == ESCAPE && i + 1 < text.length() ? text.charAt(++i) : c);
            }
        }
        values.add(value.toString());
        return values;
    }

    private @Nullable Key key(@Nullable Record row) {
        return row == null ? null : key(row, 0);
    }

    /**
     * The key that a query has read as text.
     *
     * @param first which of the row's columns is the key's first
     * @throws IllegalKeyException when its text would be taken for another value
     */
    Key key(Record row, int first) {
        @Nullable String[] texts = new String[columns.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = row.get(first + i, String.class);
        }
        return key(texts);
    }

    /**
     * The key of these texts.
     *
     * @throws IllegalKeyException when one is missing, since it would be taken for another value
     */
    Key key(@Nullable String... texts) {
        List<String> values = new ArrayList<>(texts.length);
        for (int i = 0; i < texts.length; i++) {
            String value = texts[i];
            if (value == null) {
                throw new IllegalKeyException("the key column " + columns.get(i).name() + " of " + table
                        + " has a value that the database does not take back as it writes it, and the walk would lose its"
                        + " place: a zero date, which this session's sql_mode forbids, or one of a type that was changed"
                        + " in the middle of the walk; mend the values or walk the table by another key, and retry()");
            }
            values.add(value);
        }
        return new Key(values);
    }
}
