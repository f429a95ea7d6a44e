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
 * What a {@link SqlBackfill} changes, with one UPDATE for each batch:
 * {@code Backfill.of("orders", "id").pending("total_cents is null").set("total_cents", "total * 100")}. Strings are the database's
 * own SQL and are sent unchanged. Immutable and thread-safe: each method returns a new object.
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
     * A back-fill of a table, by names as in SQL; see {@link BatchKey#of(String, String...)}.
     *
     * @param table the table, with or without its schema
     * @param key the columns to walk the table by, usually its primary key, the most significant first
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
     * A back-fill of a table that is walked by the given key.
     *
     * @param key the key
     * @return a back-fill that still needs {@link #pending(Condition)} and {@link #set(Field, Field)}
     */
    public static Backfill of(BatchKey key) {
        return new Backfill(Objects.requireNonNull(key, "key"), null, Map.of());
    }

    /**
     * Sets the condition for rows that still need the change. It must match exactly the rows that {@link #set(String, String)}
     * changes, and no longer match a row once it is changed.
     *
     * @param condition an SQL condition, such as {@code "total_cents is null"}; write PostgreSQL's operator {@code ?} as {@code ??}
     * @return the back-fill with this condition
     */
    public Backfill pending(String condition) {
        return pending(DSL.condition(closed(condition, "pending")));
    }

    /**
     * Sets the condition for rows that still need the change, with jOOQ.
     *
     * @param condition the condition
     * @return the back-fill with this condition
     */
    public Backfill pending(Condition condition) {
        Objects.requireNonNull(condition, "pending");
        if (pending != null) {
            throw refused("can have only one pending(…); combine the conditions with \"and\"");
        }
        return new Backfill(key, condition.equals(DSL.noCondition()) ? null : condition, values);
    }

    /**
     * Sets a column of the pending rows. Call it once for each column.
     *
     * @param column the column's name, as in SQL
     * @param expression its value as an SQL expression, such as {@code "total * 100"}; it may use all columns of the row; write
     *     PostgreSQL's operator {@code ?} as {@code ??}
     * @return the back-fill with this column
     * @throws IllegalArgumentException if the column belongs to the key, or is already set
     */
    public Backfill set(String column, String expression) {
        return with(DSL.field(closed(column, "set")), DSL.field(closed(expression, "set")));
    }

    /**
     * Sets a column of the pending rows, with jOOQ.
     *
     * @param column the column
     * @param value its value
     * @param <T> the column's type
     * @return the back-fill with this column
     * @throws IllegalArgumentException if the column belongs to the key, or is already set
     */
    public <T> Backfill set(Field<T> column, Field<T> value) {
        return with(column, value);
    }

    private Backfill with(Field<?> column, Field<?> value) {
        String name = plainName(column);
        if (key.fields().stream().anyMatch(field -> plainName(field).equals(name))) {
            throw refused("must not set the key column " + column
                    + ": the walk would lose its place; walk the table by another key");
        }
        if (values.keySet().stream().anyMatch(field -> plainName(field).equals(name))) {
            throw refused("must set the column " + column + " only once");
        }
        Map<Field<?>, Field<?>> more = new LinkedHashMap<>(values);
        more.put(column, value);
        return new Backfill(key, pending, more);
    }

    /** {@return this back-fill, if it has a condition and sets a column} */
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

    /** Ends the text with a line break if it may contain a line comment, which would swallow what follows. */
    private String closed(String text, String method) {
        if (text.isBlank()) {
            throw refused("must not have a blank text in " + method + "(…)");
        }
        return text.contains("--") || text.contains("#") ? text + "\n" : text;
    }

    /** Without table, quotes and case, since SQL can spell a column in several ways. */
    private static String plainName(Field<?> field) {
        String name = field.getName().strip().replaceAll("[\"`]", "");
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("the back-fill of " + key.table() + " " + what);
    }
}
