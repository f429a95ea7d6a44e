package org.asyncmigrations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SqlBackfill} changes, as one UPDATE for each batch:
 * {@code Backfill.of("orders", "id").pending("total_cents is null").set("total_cents", "total * 100")}. Text is SQL of the server,
 * and is sent as it is. Immutable, and so safe for threads: each method returns a new one.
 */
public final class Backfill {
    private final BatchKey key;
    private final @Nullable Condition pending;
    private final Map<Field<?>, Field<?>> values;

    private Backfill(BatchKey key, @Nullable Condition pending, Map<Field<?>, Field<?>> values) {
        this.key = key;
        this.pending = pending;
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * A back-fill of a table by names, as SQL text has them; see {@link BatchKey#of(String, String...)}.
     *
     * @param table the table, with or without its schema
     * @param key the columns that it is walked by, mostly its primary key, the most significant first
     * @return a back-fill that still needs {@link #pending(String)} and {@link #set(String, String)}
     */
    public static Backfill of(String table, String... key) {
        return of(BatchKey.of(table, key));
    }

    /**
     * A back-fill of a table with a generated class, walked by one column.
     *
     * @param key a column of a generated table class
     * @param <R> the record type
     * @return a back-fill that still needs {@link #pending(Condition)} and {@link #set(Field, Field)}
     */
    public static <R extends Record> Backfill of(TableField<R, ?> key) {
        return of(BatchKey.of(key));
    }

    /**
     * A back-fill of a table that is walked by any key.
     *
     * @param key the key
     * @return a back-fill that still needs {@link #pending(Condition)} and {@link #set(Field, Field)}
     */
    public static Backfill of(BatchKey key) {
        return new Backfill(Objects.requireNonNull(key, "key"), null, Map.of());
    }

    /**
     * Says which rows still need the change: exactly those that {@link #set(String, String)} changes, and no row any more once it is
     * changed.
     *
     * @param condition a condition in SQL text, such as {@code "total_cents is null"}; PostgreSQL's operator {@code ?} is
     *     written {@code ??}
     * @return the back-fill with this condition
     */
    public Backfill pending(String condition) {
        return pending(DSL.condition(closed(condition, "pending")));
    }

    /**
     * Says the same with jOOQ.
     *
     * @param condition the condition
     * @return the back-fill with this condition
     */
    public Backfill pending(Condition condition) {
        Objects.requireNonNull(condition, "pending");
        if (pending != null) {
            throw refused("may say only once which rows are pending; write one condition with \"and\"");
        }
        return new Backfill(key, condition.equals(DSL.noCondition()) ? null : condition, values);
    }

    /**
     * Sets a column of the pending rows. May be called for several columns.
     *
     * @param column the column's name, as SQL text has it
     * @param expression its value, in SQL text, such as {@code "total * 100"}; it may name all columns of the row;
     *     PostgreSQL's operator {@code ?} is written {@code ??}
     * @return the back-fill with this column
     * @throws IllegalArgumentException if the column is one of the key, or is set already
     */
    public Backfill set(String column, String expression) {
        return with(DSL.field(closed(column, "set")), DSL.field(closed(expression, "set")));
    }

    /**
     * Sets a column with jOOQ.
     *
     * @param column the column
     * @param value its value
     * @param <T> the column's type
     * @return the back-fill with this column
     * @throws IllegalArgumentException if the column is one of the key, or is set already
     */
    public <T> Backfill set(Field<T> column, Field<T> value) {
        return with(column, value);
    }

    private Backfill with(Field<?> column, Field<?> value) {
        String name = plainName(column);
        if (key.fields().stream().anyMatch(field -> plainName(field).equals(name))) {
            throw refused("may not set the key column " + column
                    + ": the walk would lose its place; walk the table by another key");
        }
        if (values.keySet().stream().anyMatch(field -> plainName(field).equals(name))) {
            throw refused("may set the column " + column + " only once");
        }
        Map<Field<?>, Field<?>> more = new LinkedHashMap<>(values);
        more.put(column, value);
        return new Backfill(key, pending, more);
    }

    /** {@return this, which has all that it needs} */
    Backfill complete() {
        if (pending == null) {
            throw refused("does not say which rows still need the change; add .pending(\"… is null\"), the condition"
                    + " that is true before a row is changed and false afterwards");
        }
        if (values.isEmpty()) {
            throw refused("changes nothing; add .set(\"column\", \"expression\")");
        }
        return this;
    }

    BatchKey key() {
        return key;
    }

    Condition condition() {
        return Objects.requireNonNull(pending);
    }

    long change(RowBatch batch) {
        return batch.dsl().update(key.table()).set(values).where(batch.rows()).execute();
    }

    /** Text that a comment to the end of its line does not run out of. */
    private String closed(String text, String method) {
        if (text.isBlank()) {
            throw refused("may not have a blank text in " + method + "(…)");
        }
        return text.contains("--") || text.contains("#") ? text + "\n" : text;
    }

    /** Without table, quotes and case: SQL text may write a column in several ways. */
    private static String plainName(Field<?> field) {
        String name = field.getName().strip().replaceAll("[\"`]", "");
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("the back-fill of " + key.table() + " " + what);
    }
}
