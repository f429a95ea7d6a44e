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
 * The running registries, kept alive by a heartbeat. The columns are declared here once; the generated table class adds its name,
 * schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields.
@SuppressWarnings("this-escape")
public class MigrationInstances<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The instance: host, process and a random number. */
    public final TableField<R, String> INSTANCE = createField(
            DSL.name("instance"),
            SQLDataType.VARCHAR(80).nullable(false),
            this,
            "The instance: host, process and a random number.");

    /** The machine's full name, for people; null for unknown. */
    public final TableField<R, String> HOST = createField(
            DSL.name("host"), SQLDataType.VARCHAR(255), this, "The full host name, for people; null if unknown.");

    /** The application's name; empty for none. */
    public final TableField<R, String> APPLICATION = createField(
            DSL.name("application"),
            SQLDataType.VARCHAR(120).nullable(false),
            this,
            "The application's name; empty if it has none.");

    /** The build that it runs. */
    public final TableField<R, String> BUILD =
            createField(DSL.name("build"), SQLDataType.VARCHAR(64).nullable(false), this, "The build that it runs.");

    /** The application's release, for people. */
    public final TableField<R, String> RELEASE_NAME = createField(
            DSL.name("release_name"),
            SQLDataType.VARCHAR(120).nullable(false),
            this,
            "The application's release, for people.");

    /** When it was registered, UTC. */
    public final TableField<R, LocalDateTime> STARTED_AT = createField(
            DSL.name("started_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "When it was registered, UTC.");

    /** Its last heartbeat, UTC. */
    public final TableField<R, LocalDateTime> SEEN_AT = createField(
            DSL.name("seen_at"), SQLDataType.LOCALDATETIME(6).nullable(false), this, "Its last heartbeat, UTC.");

    /** When it was closed, UTC. */
    public final TableField<R, LocalDateTime> LEAVING_AT =
            createField(DSL.name("leaving_at"), SQLDataType.LOCALDATETIME(6), this, "When it was closed, UTC.");

    /** The version of async-migrations that it runs; null if it doesn't record it. */
    public final TableField<R, String> RUNTIME = createField(
            DSL.name("runtime"),
            SQLDataType.VARCHAR(40),
            this,
            "The version of async-migrations that it runs; null if unknown.");

    /** Until when it counts for the gate after its close, UTC; null before that, and if it doesn't record it. */
    public final TableField<R, LocalDateTime> COUNTS_UNTIL = createField(
            DSL.name("counts_until"),
            SQLDataType.LOCALDATETIME(6),
            this,
            "Until when the gate counts it after its close, UTC; null before the close, or if unknown.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected MigrationInstances(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(name, schema, aliased, null, DSL.comment("The running registries, kept alive by a heartbeat."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), INSTANCE);
    }
}
