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
 * The rejects: rows that couldn't be changed, even in a batch of their own, with their errors. The columns are declared here once;
 * the generated table class adds its name, schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields.
@SuppressWarnings("this-escape")
public class MigrationRejects<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The migration. */
    public final TableField<R, Long> VERSION =
            createField(DSL.name("version"), SQLDataType.BIGINT.nullable(false), this, "The migration.");

    /** A hash of the row's key, which may be longer than an index allows. */
    public final TableField<R, String> KEY_HASH = createField(
            DSL.name("key_hash"),
            SQLDataType.VARCHAR(32).nullable(false),
            this,
            "A hash of the row's key, which may be longer than an index allows.");

    /** The run of the migration that it belongs to. */
    public final TableField<R, String> RUN_ID = createField(
            DSL.name("run_id"),
            SQLDataType.VARCHAR(36).nullable(false),
            this,
            "The run of the migration that it belongs to.");

    /** The row's key. */
    public final TableField<R, String> ROW_KEY =
            createField(DSL.name("row_key"), SQLDataType.VARCHAR(3100).nullable(false), this, "The row's key.");

    /** The error of its last try. */
    public final TableField<R, String> ERROR = createField(
            DSL.name("error"), SQLDataType.VARCHAR(4000).nullable(false), this, "The error of its last try.");

    /** How often it was tried. */
    public final TableField<R, Integer> ATTEMPTS =
            createField(DSL.name("attempts"), SQLDataType.INTEGER.nullable(false), this, "How often it was tried.");

    /** When it was set aside, UTC. */
    public final TableField<R, LocalDateTime> CREATED_AT = createField(
            DSL.name("created_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "When it was set aside, UTC.");

    /** When it was last tried, UTC. */
    public final TableField<R, LocalDateTime> UPDATED_AT = createField(
            DSL.name("updated_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "When it was last tried, UTC.");

    /** Why an operator leaves it as it is; null if it is not accepted. */
    public final TableField<R, String> ACCEPTED_BECAUSE = createField(
            DSL.name("accepted_because"),
            SQLDataType.CLOB,
            this,
            "Why an operator leaves it as it is; null if it is not accepted.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected MigrationRejects(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(
                name,
                schema,
                aliased,
                null,
                DSL.comment("The rejects: rows that could not be changed even alone, set aside with their error."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), VERSION, KEY_HASH);
    }
}
