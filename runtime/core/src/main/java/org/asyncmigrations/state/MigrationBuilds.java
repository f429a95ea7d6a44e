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
 * The builds that have been seen: which versions each contains. The columns are declared here once; the generated table class adds
 * its name, schema and record. Immutable and thread-safe.
 *
 * @param <R> the record type of the generated table
 */
// As in jooq-codegen's classes, the constructor creates the fields.
@SuppressWarnings("this-escape")
public class MigrationBuilds<R extends Record> extends TableImpl<R> {
    private static final long serialVersionUID = 1L;

    /** A hash of the build's versions and fingerprints. */
    public final TableField<R, String> BUILD = createField(
            DSL.name("build"),
            SQLDataType.VARCHAR(64).nullable(false),
            this,
            "A hash of the build's versions and fingerprints.");

    /** The versions that it contains, ascending, separated by commas. */
    public final TableField<R, String> VERSIONS = createField(
            DSL.name("versions"),
            SQLDataType.CLOB.nullable(false),
            this,
            "The versions that it contains, ascending, separated by commas.");

    /** The versions whose classes it has dropped, ascending, separated by commas; null for none. */
    public final TableField<R, String> RETIRED = createField(
            DSL.name("retired"),
            SQLDataType.CLOB,
            this,
            "The versions whose classes it has dropped, ascending, separated by commas; null for none.");

    /** When the build was first seen, UTC. */
    public final TableField<R, LocalDateTime> FIRST_SEEN = createField(
            DSL.name("first_seen"),
            SQLDataType.LOCALDATETIME(6).nullable(false),
            this,
            "When the build was first seen, UTC.");

    /**
     * A table of this shape.
     *
     * @param name its name, or an alias's
     * @param schema its schema, null for the connection's own
     * @param aliased the table that an alias stands for, null for the table itself
     */
    protected MigrationBuilds(Name name, @Nullable Schema schema, @Nullable Table<R> aliased) {
        super(
                name,
                schema,
                aliased,
                null,
                DSL.comment("The builds that have been seen: which versions each contains."));
    }

    /** {@return the primary key} */
    @Override
    public final UniqueKey<R> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("pk_" + getName()), BUILD);
    }
}
