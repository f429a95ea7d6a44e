package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/**
 * The audit: who did what to which migration, when and why. The columns are declared here once; the generated table class adds its
 * name, schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields.
@SuppressWarnings("this-escape")
public class MigrationEvents<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** A random number; events are ordered by their time. */
    public final TableField<R, String> ID = createField(
            DSL.name("id"),
            SQLDataType.VARCHAR(36).nullable(false),
            this,
            "A random number; the time gives the order.");

    /** The migration; 0 for all of them. */
    public final TableField<R, Long> VERSION = createField(
            DSL.name("version"), SQLDataType.BIGINT.nullable(false), this, "The migration; 0 for all of them.");

    /** When, UTC. */
    public final TableField<R, LocalDateTime> HAPPENED_AT =
            createField(DSL.name("happened_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "When, UTC.");

    /** What happened, in a word. */
    public final TableField<R, String> EVENT =
            createField(DSL.name("event"), SQLDataType.VARCHAR(32).nullable(false), this, "What happened, in a word.");

    /** The state before; null if it didn't change. */
    public final TableField<R, String> FROM_STATE = createField(
            DSL.name("from_state"), SQLDataType.VARCHAR(16), this, "The state before; null if it did not change.");

    /** The state after; null if it didn't change. */
    public final TableField<R, String> TO_STATE = createField(
            DSL.name("to_state"), SQLDataType.VARCHAR(16), this, "The state after; null if it did not change.");

    /** The instance that did it, or the operator. */
    public final TableField<R, String> WHO = createField(
            DSL.name("who"),
            SQLDataType.VARCHAR(120).nullable(false),
            this,
            "The instance that did it, or the operator.");

    /** Why, or the error. */
    public final TableField<R, String> DETAIL =
            createField(DSL.name("detail"), SQLDataType.CLOB, this, "Why, or the error.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected MigrationEvents(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(name, schema, aliased, null, DSL.comment("The audit: who did what to which migration, when and why."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), ID);
    }
}
