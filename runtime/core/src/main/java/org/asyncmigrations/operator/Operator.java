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
 * Shows the migrations of a database and gives orders to them, from outside the application. It uses only the state tables: it
 * needs no migration classes, registers no instance and creates no tables. Reading needs only the right to read the state tables.
 * Immutable and thread-safe.
 */
public final class Operator {
    /** The default of {@code @AsyncMigrations}. */
    private static final String PREFIX = "async_";

    /** The length of the column. */
    private static final int NAME_LENGTH = 120;

    private final TableAccess tables;

    private Operator(TableAccess tables) {
        this.tables = tables;
    }

    /**
     * An operator for the state tables in the connections' own schema, with the prefix {@code async_}.
     *
     * @param dataSource connects to the database with the state tables
     * @return the operator; no connection is opened
     */
    public static Operator of(DataSource dataSource) {
        return new Operator(new TableAccess(Connections.of(dataSource), StateTables.named(null, PREFIX)));
    }

    /**
     * An operator for the state tables of a registry, with the registry's own connections. For this project's own modules.
     *
     * @param connections the registry's connections, with the schema if one was chosen at run time
     * @param tables the names of the tables
     * @return the operator; no connection is opened
     */
    @SuppressWarnings("exports")
    public static Operator of(Connections connections, StateTables tables) {
        return new Operator(new TableAccess(connections, tables));
    }

    /**
     * The same operator for state tables in another schema.
     *
     * @param schema the schema, spelled exactly as in the database; on MariaDB and MySQL a database
     * @return the operator
     */
    public Operator stateSchema(String schema) {
        return new Operator(new TableAccess(tables.connections().withStateSchema(schema), tables.tables()));
    }

    /**
     * The same operator for state tables with another prefix.
     *
     * @param prefix the prefix of their names
     * @return the operator
     */
    public Operator prefix(String prefix) {
        return new Operator(new TableAccess(tables.connections(), StateTables.named(null, prefix)));
    }

    /**
     * The status of all registered migrations, with the reason why each waiting one waits.
     *
     * @return the contents of the state tables
     * @throws MigrationException if they can't be read; the message says why
     */
    public DispatchStatus status() {
        return new DispatchStatus(tables.read(StatusReasons::all));
    }

    /**
     * What has happened.
     *
     * @param query which events
     * @return the events, the oldest first
     * @throws MigrationException if they can't be read, or the event to continue from doesn't exist
     */
    public List<MigrationEvent> events(EventQuery query) {
        return tables.read(tx -> EventRows.read(tx, query));
    }

    /**
     * The application's instances that are running, or were until a few minutes ago.
     *
     * @return the instances, ordered by machine
     * @throws MigrationException if they can't be read
     */
    public List<InstanceStatus> instances() {
        return tables.read(InstanceRows::all);
    }

    /**
     * The ranges of a migration that are started and not finished, including those of the sealing walks that it waits for.
     *
     * @param version the migration
     * @return the ranges, ascending; none for an unknown version
     * @throws MigrationException if they can't be read
     */
    public List<RangeStatus> ranges(long version) {
        return tables.read(tx -> SealRows.with(tx, version).stream()
                .flatMap(each -> StatusRows.ranges(tx, each).stream())
                .toList());
    }

    /**
     * The rejects of a migration, including those of the sealing walks that it waits for.
     *
     * @param version the migration
     * @return the rows, the oldest first; none for an unknown version
     * @throws MigrationException if they can't be read
     */
    public List<RejectedRow> rejects(long version) {
        return tables.read(tx -> RejectRows.with(tx, version));
    }

    /**
     * The fingerprint of the code that may work on each migration, to compare with a build.
     *
     * @return the fingerprints by version; none for a database without state tables
     * @throws MigrationException if they can't be read
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
     * The statements that create the state tables on this database, for users who may not create them at run time.
     *
     * @return the statements: each but the last ends with a semicolon and a line break, the last with a semicolon
     * @throws MigrationException if the database product can't be determined
     */
    public String ddl() {
        return tables.ddl();
    }

    /**
     * Orders in the name of a person. Their events record that name.
     *
     * @param who a name of at most 120 characters, not blank
     * @return the orders
     * @throws IllegalArgumentException for another name
     */
    public Orders as(String who) {
        if (who.isBlank() || who.length() > NAME_LENGTH) {
            throw new IllegalArgumentException("an order needs the operator's name, of at most " + NAME_LENGTH
                    + " characters, but got" + " \"" + who + "\"");
        }
        return new Orders(tables, who);
    }
}
