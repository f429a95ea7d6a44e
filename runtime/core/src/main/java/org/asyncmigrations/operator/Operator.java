package org.asyncmigrations.operator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.EventRows;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.SealRows;
import org.asyncmigrations.state.StateTables;
import org.asyncmigrations.state.StatusReasons;
import org.asyncmigrations.state.StatusRows;

/**
 * Sees and orders the migrations of a database from outside the application, by the state tables alone: without migration
 * classes, without being an instance, and without making tables. To read takes the right to read the state tables and no more.
 * Immutable, and so safe for threads.
 */
public final class Operator {
    /** That of {@code @AsyncMigrations}. */
    private static final String PREFIX = "async_";

    /** What fits into the column. */
    private static final int NAME_LENGTH = 120;

    private final TableAccess tables;

    private Operator(TableAccess tables) {
        this.tables = tables;
    }

    /**
     * An operator of the state tables in the connections' own schema, with the prefix {@code async_}.
     *
     * @param dataSource where the state tables are
     * @return the operator; no connection is opened
     */
    public static Operator of(DataSource dataSource) {
        return new Operator(new TableAccess(Connections.of(dataSource), StateTables.named(null, PREFIX)));
    }

    /**
     * An operator of the state tables that a registry has, by the registry's own connections. For this project's own modules.
     *
     * @param connections the registry's, which know the schema if one was chosen at run time
     * @param tables their names
     * @return the operator; no connection is opened
     */
    public static Operator of(Connections connections, StateTables tables) {
        return new Operator(new TableAccess(connections, tables));
    }

    /**
     * The same operator for state tables in another schema.
     *
     * @param schema the schema exactly as the database spells it, on MariaDB and MySQL a database
     * @return the operator
     */
    public Operator stateSchema(String schema) {
        return new Operator(new TableAccess(tables.connections().withStateSchema(schema), tables.tables()));
    }

    /**
     * The same operator for state tables with another prefix.
     *
     * @param prefix what their names begin with
     * @return the operator
     */
    public Operator prefix(String prefix) {
        return new Operator(new TableAccess(tables.connections(), StateTables.named(null, prefix)));
    }

    /**
     * Where all migrations stand that are registered, and why each that does not go on waits.
     *
     * @return a reading of the state tables
     * @throws MigrationException when they cannot be read; says why in a sentence
     */
    public DispatchStatus status() {
        return new DispatchStatus(tables.read(StatusReasons::all));
    }

    /**
     * What has happened.
     *
     * @param query which events
     * @return the events, the oldest first
     * @throws MigrationException when they cannot be read, or the query reads on from an event that is not there
     */
    public List<MigrationEvent> events(EventQuery query) {
        return tables.read(tx -> EventRows.read(tx, query));
    }

    /**
     * The application's instances that are running, or were until a few minutes ago.
     *
     * @return the instances, by their machines
     * @throws MigrationException when they cannot be read
     */
    public List<InstanceStatus> instances() {
        return tables.read(InstanceRows::all);
    }

    /**
     * The ranges of a migration that are handed out and not finished, those of the walks included that it waits for.
     *
     * @param version the migration
     * @return the ranges, ascending; none for a version that is not there
     * @throws MigrationException when they cannot be read
     */
    public List<RangeStatus> ranges(long version) {
        return tables.read(tx -> SealRows.with(tx, version).stream()
                .flatMap(each -> StatusRows.ranges(tx, each).stream())
                .toList());
    }

    /**
     * The rows of a migration that were set aside, those of the walks included that it waits for.
     *
     * @param version the migration
     * @return the rows, the oldest first; none for a version that is not there
     * @throws MigrationException when they cannot be read
     */
    public List<RejectedRow> rejects(long version) {
        return tables.read(tx -> RejectRows.with(tx, version));
    }

    /**
     * The fingerprints of the code that may work on each migration, to compare a build with.
     *
     * @return the fingerprints by their versions; none for a database without state tables
     * @throws MigrationException when they cannot be read
     */
    public Map<Long, String> fingerprints() {
        return tables.exist()
                ? tables.read(tx -> MigrationRows.all(tx).stream()
                        .filter(row -> row.version() > 0)
                        .collect(Collectors.toUnmodifiableMap(
                                MigrationRow::version, row -> row.code().fingerprint())))
                : Map.of();
    }

    /**
     * The statements that make the state tables on this database, for those who may not make them at run time.
     *
     * @return the statements, each with a semicolon and a line end behind it but the last, which has the semicolon alone
     * @throws MigrationException when the database cannot be asked what it is
     */
    public String ddl() {
        return tables.ddl();
    }

    /**
     * The orders of somebody, whose name their events bear.
     *
     * @param who a name of at most 120 characters, not blank
     * @return the orders
     * @throws IllegalArgumentException for another name
     */
    public Orders as(String who) {
        if (who.isBlank() || who.length() > NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "an order names who gives it, in at most " + NAME_LENGTH + " characters, and not \"" + who + "\"");
        }
        return new Orders(tables, who);
    }
}
