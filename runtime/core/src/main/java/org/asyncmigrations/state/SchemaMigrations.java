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
 * The migrations: one row each, from its registration on. The columns are declared here once; the generated table class adds its
 * name, schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields. Like the other tables and records it isn't
// abstract: below an abstract generic class, javac compares all pairs of inherited methods.
@SuppressWarnings("this-escape")
public class SchemaMigrations<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The migration's identity. */
    public final TableField<R, Long> VERSION =
            createField(DSL.name("version"), SQLDataType.BIGINT.nullable(false), this, "The migration's identity.");

    /** Its class's full name. */
    public final TableField<R, String> NAME =
            createField(DSL.name("name"), SQLDataType.VARCHAR(255).nullable(false), this, "Its class's full name.");

    /** When it may run: async or after_release. */
    public final TableField<R, String> PHASE = createField(
            DSL.name("phase"),
            SQLDataType.VARCHAR(16).nullable(false),
            this,
            "When it may run: async or after_release.");

    /** Always up; kept for those who know the table from Rails. */
    public final TableField<R, String> DIRECTION = createField(
            DSL.name("direction"),
            SQLDataType.VARCHAR(8).nullable(false),
            this,
            "Always up; kept for those who know the table from Rails.");

    /** Its state: created, pending, processing, done, failed. */
    public final TableField<R, String> STATE = createField(
            DSL.name("state"),
            SQLDataType.VARCHAR(16).nullable(false),
            this,
            "Its state: created, pending, processing, done or failed.");

    /** Whether it is paused. */
    public final TableField<R, Boolean> PAUSED = createField(
            DSL.name("paused"),
            SQLDataType.BOOLEAN.nullable(false),
            this,
            "Whether it is held, by an operator or until approval.");

    /** Attempts claimed since the last progress. */
    public final TableField<R, Integer> ATTEMPTS = createField(
            DSL.name("attempts"),
            SQLDataType.INTEGER.nullable(false),
            this,
            "Attempts claimed since the last progress.");

    /** When the next attempt may be claimed, UTC. */
    public final TableField<R, LocalDateTime> NEXT_ATTEMPT_AT = createField(
            DSL.name("next_attempt_at"),
            SQLDataType.LOCALDATETIME(6),
            this,
            "When the next attempt may be claimed, UTC.");

    /** Changed rows, as the database counted them, without those in open ranges. */
    public final TableField<R, Long> ROWS_DONE = createField(
            DSL.name("rows_done"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "Changed rows, as the database counted them, without those in open ranges.");

    /** The planner's estimate of the table's rows; 0 for unknown. */
    public final TableField<R, Long> ROWS_ESTIMATED = createField(
            DSL.name("rows_estimated"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "The table's rows, as the planner estimates them; 0 if unknown.");

    /** The code that may work on it. */
    public final TableField<R, String> FINGERPRINT = createField(
            DSL.name("fingerprint"), SQLDataType.VARCHAR(64).nullable(false), this, "The code that may work on it.");

    /** The build that set the fingerprint. */
    public final TableField<R, String> FINGERPRINT_BUILD = createField(
            DSL.name("fingerprint_build"),
            SQLDataType.VARCHAR(64).nullable(false),
            this,
            "The build that set the fingerprint.");

    /** Created at registration; a row that is registered again is another run. */
    public final TableField<R, String> RUN_ID = createField(
            DSL.name("run_id"),
            SQLDataType.VARCHAR(36).nullable(false),
            this,
            "Created at registration; a row that is registered again is another run.");

    /** Who has claimed the whole migration; null while its ranges are worked on. */
    public final TableField<R, String> OWNER = createField(
            DSL.name("owner"),
            SQLDataType.VARCHAR(120),
            this,
            "Who has claimed the whole migration; null while its ranges are worked on.");

    /** Grows with each claim. */
    public final TableField<R, Long> TOKEN =
            createField(DSL.name("token"), SQLDataType.BIGINT.nullable(false), this, "Grows with each claim.");

    /** When the claim expires, UTC. */
    public final TableField<R, LocalDateTime> CLAIMED_UNTIL =
            createField(DSL.name("claimed_until"), SQLDataType.LOCALDATETIME(6), this, "When the claim expires, UTC.");

    /** The table and columns of the keys in frontier and ranges; null before the first range. */
    public final TableField<R, String> WALK_KEY = createField(
            DSL.name("walk_key"),
            SQLDataType.VARCHAR(255),
            this,
            "The table and columns of the keys in frontier and ranges; null before the first range.");

    /** The key after which no range has been started; null for the beginning. */
    public final TableField<R, String> FRONTIER = createField(
            DSL.name("frontier"),
            SQLDataType.VARCHAR(3100),
            this,
            "The last key that has been handed out in a range; null for the beginning.");

    /** Whether the pass's last range has been started. */
    public final TableField<R, Boolean> FRONTIER_AT_END = createField(
            DSL.name("frontier_at_end"),
            SQLDataType.BOOLEAN.nullable(false),
            this,
            "Whether the pass's last range has been handed out.");

    /** Ends of ranges, at most 128, which later passes reuse. */
    public final TableField<R, String> RANGE_ENDS = createField(
            DSL.name("range_ends"), SQLDataType.CLOB, this, "Ends of ranges, at most 128, which later passes reuse.");

    /** The number of the next range; it continues across passes. */
    public final TableField<R, Long> NEXT_RANGE = createField(
            DSL.name("next_range"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "The number of the next range; it continues across passes.");

    /** The number of the walk over the table: 1 changes rows, later ones verify. */
    public final TableField<R, Integer> PASS = createField(
            DSL.name("pass"),
            SQLDataType.INTEGER.nullable(false),
            this,
            "The number of the walk over the table: 1 changes rows, later ones verify.");

    /** Pending rows that this pass has found in finished ranges. */
    public final TableField<R, Long> PASS_FOUND = createField(
            DSL.name("pass_found"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "Pending rows that this pass has found, in finished ranges.");

    /** Some of their keys, for people. */
    public final TableField<R, String> FOUND_KEYS =
            createField(DSL.name("found_keys"), SQLDataType.VARCHAR(400), this, "Some of their keys, for people.");

    /** Keys that this pass has walked, in finished ranges. */
    public final TableField<R, Long> KEYS_WALKED = createField(
            DSL.name("keys_walked"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "Keys that this pass has walked, in finished ranges.");

    /** Keys that earlier passes have walked; null for none. */
    public final TableField<R, Long> KEYS_BEFORE = createField(
            DSL.name("keys_before"), SQLDataType.BIGINT, this, "Keys that earlier passes have walked; null for none.");

    /** Ranges of this pass that are started and not finished; null for none. */
    public final TableField<R, Long> RANGES_OPEN = createField(
            DSL.name("ranges_open"), SQLDataType.BIGINT, this, "Unfinished ranges of this pass; null for none.");

    /** The last batch size in keys, for the start after a restart; 0 for none. */
    public final TableField<R, Long> BATCH_SIZE = createField(
            DSL.name("batch_size"),
            SQLDataType.BIGINT.nullable(false),
            this,
            "The last batch size in keys, used first after a restart; 0 for none.");

    /** Why it isn't being worked on, from a throttle or its gate; null if it is. */
    public final TableField<R, String> THROTTLED = createField(
            DSL.name("throttled"),
            SQLDataType.VARCHAR(500),
            this,
            "Why it currently waits, according to a throttle or its gate; null if it does not.");

    /** When its gate was opened, UTC; null while it is closed, and if it has no gate. */
    public final TableField<R, LocalDateTime> GATE_OPENED_AT = createField(
            DSL.name("gate_opened_at"),
            SQLDataType.LOCALDATETIME(6),
            this,
            "When its gate was opened, UTC; null while it is closed, and for migrations without a gate.");

    /**
     * The migrations before it that were sealed since, separated by commas, 0 first if a mode or a forced order opened it; null for
     * none.
     */
    public final TableField<R, String> SEALED = createField(
            DSL.name("sealed"),
            SQLDataType.CLOB,
            this,
            "The dependencies that have been sealed since, separated by commas, with 0 first if a mode opened the gate;"
                    + " null for none.");

    /** The last error. */
    public final TableField<R, String> ERROR =
            createField(DSL.name("error"), SQLDataType.CLOB, this, "The last error.");

    /** When it was registered, UTC. */
    public final TableField<R, LocalDateTime> CREATED_AT = createField(
            DSL.name("created_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "When it was registered, UTC.");

    /** When it was first claimed, UTC. */
    public final TableField<R, LocalDateTime> STARTED_AT =
            createField(DSL.name("started_at"), SQLDataType.LOCALDATETIME(6), this, "When it was first claimed, UTC.");

    /** When it was done or failed, UTC. */
    public final TableField<R, LocalDateTime> FINISHED_AT = createField(
            DSL.name("finished_at"), SQLDataType.LOCALDATETIME(6), this, "When it was done or failed, UTC.");

    /** When this row was last changed, UTC. */
    public final TableField<R, LocalDateTime> UPDATED_AT = createField(
            DSL.name("updated_at"),
            SQLDataType.LOCALDATETIME(6).nullable(false),
            this,
            "When this row was last changed, UTC.");

    /** Why it has been paused since its registration: approval; null if an operator paused it. */
    public final TableField<R, String> PAUSE_CAUSE = createField(
            DSL.name("pause_cause"),
            SQLDataType.VARCHAR(16),
            this,
            "Why it has been held since its registration: approval; null if an operator holds it.");

    /** What operators have tuned, such as workers=1 load=0.25; null for nothing. */
    public final TableField<R, String> TUNING = createField(
            DSL.name("tuning"),
            SQLDataType.VARCHAR(200),
            this,
            "What operators have tuned, such as workers=1 load=0.25; null for nothing.");

    /** Whether it waits only for the migrations that it names; null for no. */
    public final TableField<R, Boolean> INDEPENDENT = createField(
            DSL.name("independent"),
            SQLDataType.BOOLEAN,
            this,
            "Whether it waits only for the migrations that it names; null for no.");

    /** The tables that it works on, a line each, since it was last claimed; null if an older version of the library has claimed it. */
    public final TableField<R, String> WORKS_ON = createField(
            DSL.name("works_on"),
            SQLDataType.CLOB,
            this,
            "The tables that it works on, one per line, as of its last claim; null if an older runtime claimed it.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected SchemaMigrations(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(name, schema, aliased, null, DSL.comment("The migrations: one row each, from its registration on."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), VERSION);
    }
}
