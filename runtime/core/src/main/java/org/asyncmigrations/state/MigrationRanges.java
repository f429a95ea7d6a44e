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
 * The ranges that are started and not finished, one row each. The columns are declared here once; the generated table class adds
 * its name, schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields.
@SuppressWarnings("this-escape")
public class MigrationRanges<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The migration. */
    public final TableField<R, Long> VERSION =
            createField(DSL.name("version"), SQLDataType.BIGINT.nullable(false), this, "The migration.");

    /** The range's number within the migration. */
    public final TableField<R, Long> RANGE_NO = createField(
            DSL.name("range_no"), SQLDataType.BIGINT.nullable(false), this, "The range's number within the migration.");

    /** The run of the migration that it belongs to. */
    public final TableField<R, String> RUN_ID = createField(
            DSL.name("run_id"),
            SQLDataType.VARCHAR(36).nullable(false),
            this,
            "The run of the migration that it belongs to.");

    /** The key after which it begins; null for the beginning of the table. */
    public final TableField<R, String> FROM_KEY = createField(
            DSL.name("from_key"),
            SQLDataType.VARCHAR(3100),
            this,
            "The key after which it begins; null for the beginning of the table.");

    /** Its last key; null for the end of the table. */
    public final TableField<R, String> TO_KEY = createField(
            DSL.name("to_key"), SQLDataType.VARCHAR(3100), this, "Its last key; null for the end of the table.");

    /** The last key of its committed batches; null before the first. */
    public final TableField<R, String> CURSOR = createField(
            DSL.name("cursor"),
            SQLDataType.VARCHAR(3100),
            this,
            "The key up to which it is done; null before its first batch.");

    /** Who has claimed it. */
    public final TableField<R, String> OWNER =
            createField(DSL.name("owner"), SQLDataType.VARCHAR(120), this, "Who has claimed it.");

    /** Grows with each claim. */
    public final TableField<R, Long> TOKEN =
            createField(DSL.name("token"), SQLDataType.BIGINT.nullable(false), this, "Grows with each claim.");

    /** When the claim expires, UTC. */
    public final TableField<R, LocalDateTime> CLAIMED_UNTIL =
            createField(DSL.name("claimed_until"), SQLDataType.LOCALDATETIME(6), this, "When the claim expires, UTC.");

    /** Claims since its cursor last moved. */
    public final TableField<R, Integer> ATTEMPTS = createField(
            DSL.name("attempts"), SQLDataType.INTEGER.nullable(false), this, "Claims since its cursor last moved.");

    /** Grows with each fence, so that each fence changes the row. */
    public final TableField<R, Long> BEATS = createField(
            DSL.name("beats"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "Grows with each fence, so that each fence changes the row.");

    /** Rows changed in it. */
    public final TableField<R, Long> ROWS_DONE =
            createField(DSL.name("rows_done"), SQLDataType.BIGINT.nullable(false), this, "Rows changed in it.");

    /** Pending rows that a verification pass found in it. */
    public final TableField<R, Long> ROWS_FOUND = createField(
            DSL.name("rows_found"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "Pending rows that a verifying pass has found in it.");

    /** Some of their keys, for people. */
    public final TableField<R, String> FOUND_KEYS =
            createField(DSL.name("found_keys"), SQLDataType.VARCHAR(400), this, "Some of their keys, for people.");

    /** Keys walked in it. */
    public final TableField<R, Long> KEYS_WALKED =
            createField(DSL.name("keys_walked"), SQLDataType.BIGINT.nullable(false), this, "Keys walked in it.");

    /** When this row was last changed, UTC. */
    public final TableField<R, LocalDateTime> UPDATED_AT = createField(
            DSL.name("updated_at"),
            SQLDataType.LOCALDATETIME(6).nullable(false),
            this,
            "When this row was last changed, UTC.");

    /** Keys of its last batch; null before the first. */
    public final TableField<R, Long> BATCH_KEYS = createField(
            DSL.name("batch_keys"), SQLDataType.BIGINT, this, "Keys of its last batch; null before the first.");

    /** How long its last batch took, in milliseconds; null before the first. */
    public final TableField<R, Long> BATCH_MILLIS = createField(
            DSL.name("batch_millis"),
            SQLDataType.BIGINT,
            this,
            "How long its last batch took, in milliseconds; null before the first.");

    /** The worker's recent rate in keys per second, pauses included; null for unknown. */
    public final TableField<R, Long> KEYS_PER_SECOND = createField(
            DSL.name("keys_per_second"),
            SQLDataType.BIGINT,
            this,
            "Keys per second that its worker has recently walked, rests included; null if unknown.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected MigrationRanges(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(
                name,
                schema,
                aliased,
                null,
                DSL.comment("The ranges: one row for each part of the key space that has been handed out and is not"
                        + " finished."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), VERSION, RANGE_NO);
    }
}
