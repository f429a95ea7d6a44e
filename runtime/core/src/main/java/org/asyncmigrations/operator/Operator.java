package org.asyncmigrations.operator;

import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;

/**
 * Sees and orders the migrations of a database from outside the application, by the state tables alone: without migration
 * classes, without being an instance, and without making tables. To read takes the right to read the state tables and no more.
 * Immutable, and so safe for threads.
 */
public final class Operator {
    private Operator() {}

    /**
     * An operator of the state tables in the connections' own schema, with the prefix {@code async_}.
     *
     * @param dataSource where the state tables are
     * @return the operator; no connection is opened
     */
    public static Operator of(DataSource dataSource) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same operator for state tables in another schema.
     *
     * @param schema the schema exactly as the database spells it, on MariaDB and MySQL a database
     * @return the operator
     */
    public Operator stateSchema(String schema) {
        throw new UnsupportedOperationException();
    }

    /**
     * The same operator for state tables with another prefix.
     *
     * @param prefix what their names begin with
     * @return the operator
     */
    public Operator prefix(String prefix) {
        throw new UnsupportedOperationException();
    }

    /**
     * Where all migrations stand that are registered, and why each that does not go on waits.
     *
     * @return a reading of the state tables
     * @throws MigrationException when they cannot be read; says why in a sentence
     */
    public DispatchStatus status() {
        throw new UnsupportedOperationException();
    }

    /**
     * What has happened.
     *
     * @param query which events
     * @return the events, the oldest first
     * @throws MigrationException when they cannot be read, or the query reads on from an event that is not there
     */
    public List<MigrationEvent> events(EventQuery query) {
        throw new UnsupportedOperationException();
    }

    /**
     * The application's instances that are running, or were until a few minutes ago.
     *
     * @return the instances, by their machines
     * @throws MigrationException when they cannot be read
     */
    public List<InstanceStatus> instances() {
        throw new UnsupportedOperationException();
    }

    /**
     * The ranges of a migration that are handed out and not finished, those of the walks included that it waits for.
     *
     * @param version the migration
     * @return the ranges, ascending; none for a version that is not there
     * @throws MigrationException when they cannot be read
     */
    public List<RangeStatus> ranges(long version) {
        throw new UnsupportedOperationException();
    }

    /**
     * The rows of a migration that were set aside, those of the walks included that it waits for.
     *
     * @param version the migration
     * @return the rows, the oldest first; none for a version that is not there
     * @throws MigrationException when they cannot be read
     */
    public List<RejectedRow> rejects(long version) {
        throw new UnsupportedOperationException();
    }

    /**
     * The statements that make the state tables on this database, for those who may not make them at run time.
     *
     * @return the statements, each with a semicolon and a line end behind it but the last, which has the semicolon alone
     * @throws MigrationException when the database cannot be asked what it is
     */
    public String ddl() {
        throw new UnsupportedOperationException();
    }

    /**
     * The orders of somebody, whose name their events bear.
     *
     * @param who a name of at most 120 characters, not blank
     * @return the orders
     * @throws IllegalArgumentException for another name
     */
    public Orders as(String who) {
        throw new UnsupportedOperationException();
    }
}
