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
 * A table in the order of a walk: by a key that is unique and never null, ascending or descending, compared only by the database.
 * First, last, before and after refer to the order of the walk. Immutable and thread-safe; every method that queries the database
 * takes the context to query with.
 */
final class KeySpace {
    /** The length of the state tables' key columns. */
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

    /** Read once, at first use. */
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
     * Checks a key against its real table.
     *
     * @param pending the rows that still need the change, {@link DSL#noCondition()} for all
     * @throws IllegalKeyException if the table can't be walked by that key
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

    /** {@return the same table, in which rows with these keys are never pending} */
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
     * @param values one for each of the key's columns
     */
    record Key(List<String> values) {
        Key {
            values = List.copyOf(values);
        }
    }

    Table<?> table() {
        return table;
    }

    /** @throws IllegalKeyException if several rows may share a key, so that rows must not be written back by it */
    void requireWritable() {
        if (unwritable != null) {
            throw new IllegalKeyException(unwritable);
        }
    }

    /** {@return the database product that the table is in} */
    Product product() {
        return product;
    }

    /** {@return the table's columns and constraints, as the database reports them} */
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

    /** {@return the condition for pending rows, null for all rows} */
    @Nullable
    Condition pending() {
        return pending;
    }

    /** {@return the key's columns, including those appended} */
    List<KeyColumn> columns() {
        return columns;
    }

    /** {@return whether the walk goes from the highest key to the lowest} */
    boolean isDescending() {
        return descending;
    }

    /** {@return the rows' positions, null unless they are walked by position} */
    @Nullable
    RowPositions positions() {
        return positions;
    }

    /** {@return the fields of the key's columns for queries} */
    KeyFields fields() {
        return fields;
    }

    /** {@return whether the migration defines which rows are pending} */
    boolean hasPending() {
        return pending != null;
    }

    /** {@return the keys after {@code after}, up to and including {@code upTo}; null leaves that side open} */
    Condition range(@Nullable Key after, @Nullable Key upTo) {
        return range.between(after, upTo);
    }

    /**
     * The range's rows that are pending. {@code IS TRUE} makes NULL count as not pending, and keeps PostgreSQL on the key's index
     * if stale statistics claim that few rows are pending.
     */
    Condition rows(@Nullable Key after, @Nullable Key upTo) {
        return pendingOf(range(after, upTo));
    }

    /** {@return the row with that key} */
    Condition row(Key key) {
        return range.at(key);
    }

    /** {@return the pending rows among these keys} */
    Condition pendingOf(Condition keys) {
        return pending == null ? keys : keys.and(DSL.condition("({0}) is true", pending));
    }

    /** {@return how many rows match {@link #rows}, in one query} */
    long countPending(DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        return dsl.fetchCount(table, rows(after, upTo));
    }

    /** {@return the key of the {@code rows}th row of {@link #rows}, null if there are fewer} */
    @Nullable
    Key pendingEnd(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long rows) {
        return key(dsl.fetchOne(ordered(dsl, rows(after, upTo), 1, rows - 1)));
    }

    /**
     * The end of a batch.
     *
     * @return the key that is {@code keys} keys after {@code after}, or fewer by position; null for the tail, which has fewer
     */
    @Nullable
    Key end(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        return positions == null
                ? exactEnd(dsl, after, upTo, keys)
                : new PageWindow(this, positions, keys).end(dsl, after, upTo);
    }

    /** {@return the query with which {@link #end} begins} */
    Select<?> endQuery(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        Key window = positions == null ? upTo : new PageWindow(this, positions, keys).first(after);
        return exactEndQuery(dsl, after, window, keys);
    }

    /** {@return the number of keys after {@code after}, up to and including an {@link #end} that was found with {@code keys}} */
    long keys(DSLContext dsl, @Nullable Key after, Key end, long keys) {
        boolean isExact =
                positions == null || !RowPositions.isBeginning(end.values().get(0));
        return isExact ? keys : dsl.fetchCount(table, range(after, end));
    }

    /** {@return the key that is {@code keys} keys after {@code after}, null if fewer are left; by position, this sorts all of them} */
    @Nullable
    Key exactEnd(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        return key(dsl.fetchOne(exactEndQuery(dsl, after, upTo, keys)));
    }

    private Select<?> exactEndQuery(DSLContext dsl, @Nullable Key after, @Nullable Key upTo, long keys) {
        // The subquery chooses the row first. Otherwise the database would compute the text of every row that it skips.
        Table<?> one = dsl.select(fields.inner())
                .from(table)
                .where(range(after, upTo))
                .orderBy(fields.order())
                .limit(1)
                .offset(keys - 1)
                .asTable("async_end");
        return dsl.select(fields.outerTexts()).from(one);
    }

    /** The number of keys, and how many of them are pending. */
    record Count(long keys, long pending) {}

    /** Counts the keys after {@code after}, up to and including {@code upTo}: those of a range, never of a whole table. */
    Count count(DSLContext dsl, @Nullable Key after, Key upTo) {
        return dsl.select(DSL.count(), DSL.count().filterWhere(pendingOf(DSL.noCondition())))
                .from(table)
                .where(range(after, upTo))
                .fetchSingle(row -> new Count(row.value1(), row.value2()));
    }

    /** {@return the last key after {@code after}, null for none} */
    @Nullable
    Key last(DSLContext dsl, @Nullable Key after) {
        return key(dsl.select(fields.texts())
                .from(table)
                .where(range(after, null))
                .orderBy(fields.reversed())
                .limit(1)
                .fetchOne());
    }

    /** {@return the key before another, null if that is the first} */
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

    /** {@return the planner's estimate of the table's rows, 0 for unknown; nothing is counted} */
    long estimate(DSLContext dsl) {
        return product.estimate(dsl, table, shape);
    }

    /**
     * Writes a key as text for the state tables.
     *
     * @throws IllegalKeyException if it is too long for them
     */
    String write(Key key) {
        String text = columns.size() == 1 ? key.values().get(0) : joined(key);
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalKeyException("a key of " + table + " may have at most " + LONGEST_TEXT
                    + " characters, but one has " + text.length() + ": " + text.substring(0, 40)
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
     * @param first the index of the key's first column in the row
     * @throws IllegalKeyException if the database wouldn't read its text back as the same value
     */
    Key key(Record row, int first) {
        @Nullable String[] texts = new String[columns.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = row.get(first + i, String.class);
        }
        return key(texts);
    }

    /**
     * The key with these values.
     *
     * @throws IllegalKeyException if a value is null: the database wouldn't read its text back as the same value
     */
    Key key(@Nullable String... texts) {
        List<String> values = new ArrayList<>(texts.length);
        for (int i = 0; i < texts.length; i++) {
            String value = texts[i];
            if (value == null) {
                throw new IllegalKeyException("the database returned a value of the key column "
                        + columns.get(i).name() + " of " + table
                        + " that it does not accept as input, so the walk cannot continue after it: a zero date, which"
                        + " this session's sql_mode forbids, or a value from before the column's type was changed; fix"
                        + " the values or walk the table by another key, then call retry()");
            }
            values.add(value);
        }
        return new Key(values);
    }
}
