package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.asyncmigrations.guard.Catalog.Relation;

/** Runs the statements of one transaction on PostgreSQL, and looks after each what it has done. Used once. */
final class PostgresTransaction {
    /** The statement cannot run inside a transaction that somebody else began. */
    private static final String ACTIVE_TRANSACTION = "25001";

    private final Connection connection;
    private final DataSource others;
    /** What was there when the script began: what it makes itself, nobody else uses yet. */
    private final Catalog released;

    private final Catalog first;
    private final ThrowAwayRows rows;
    private Catalog last;
    private Scans scans;
    private Map<Long, LockMode> locks = Map.of();

    PostgresTransaction(Connection connection, DataSource others, Catalog released) throws SQLException {
        this.connection = connection;
        this.others = others;
        this.released = released;
        connection.setAutoCommit(false);
        this.first = Catalog.read(connection);
        this.last = first;
        this.rows = ThrowAwayRows.read(connection, first);
        this.scans = Scans.read(connection);
    }

    List<Observation> observe(Transaction transaction) throws SQLException {
        List<Observation> observations = new ArrayList<>();
        for (ScriptStatement statement : transaction.statements()) {
            observations.add(observe(statement, transaction.isOpen(), Send.text(connection, statement)));
        }
        return end(observations, transaction.isCommitted());
    }

    /** Ends the transaction, and {@return what was seen, as it is when all of it has happened}. */
    List<Observation> end(List<Observation> observations, boolean isCommitted) throws SQLException {
        if (isCommitted) {
            commit(observations);
        } else {
            connection.rollback();
        }
        // Renamed, and then replaced by a view of the old name: nothing is missing any more.
        Set<String> stillBroken = OldCode.broken(first, last, released);
        return observations.stream()
                .map(seen -> seen.withBroken(seen.broken().stream()
                        .filter(stillBroken::contains)
                        .collect(Collectors.toCollection(LinkedHashSet::new))))
                .toList();
    }

    /**
     * Sends a statement, and looks what it has done.
     *
     * @param isOpen whether the transaction is somebody else's, so that the statement cannot be taken out of it
     */
    Observation observe(ScriptStatement statement, boolean isOpen, Send send) throws SQLException {
        Optional<String> reason = Beyond.reason(statement);
        if (reason.isPresent()) {
            return Observation.failed(statement, reason.get());
        }
        Savepoint before = connection.setSavepoint();
        try {
            send.run();
        } catch (SQLException refused) {
            connection.rollback(before);
            if (ACTIVE_TRANSACTION.equals(refused.getSQLState()) && !isOpen) {
                return outside(statement);
            }
            return Failure.isOfRows(refused) || Failure.isNull(refused)
                    ? withoutRows(statement, before, refused, send)
                    : Observation.failed(statement, Failure.sentence(refused));
        }
        return seen(statement, ownLocks());
    }

    /** The row that each table has got may not fit, which says nothing about the live ones. */
    private Observation withoutRows(ScriptStatement statement, Savepoint before, SQLException unfit, Send send)
            throws SQLException {
        try (Statement sent = connection.createStatement()) {
            sent.setEscapeProcessing(false);
            rows.deleteAll(sent, last);
            locks = ownLocks();
            scans = Scans.read(connection);
            send.run();
        } catch (SQLException refused) {
            connection.rollback(before);
            return Observation.failed(statement, Failure.sentence(unfit));
        }
        Catalog previous = last;
        Observation seen = seen(statement, ownLocks());
        // It fails on any table with rows; the statements behind it need what it makes. A column that was there
        // before is null only in rows that a script has inserted.
        return Failure.isNull(unfit) && addsNotNull(previous)
                ? Observation.failed(statement, Failure.sentence(unfit))
                : seen;
    }

    private boolean addsNotNull(Catalog previous) {
        return previous.relations().entrySet().stream().anyMatch(relation -> {
            Relation now = last.relations().get(relation.getKey());
            return now != null
                    && now.columns().entrySet().stream()
                            .anyMatch(column -> column.getValue().notNull()
                                    && !relation.getValue().columns().containsKey(column.getKey()));
        });
    }

    private Observation outside(ScriptStatement statement) throws SQLException {
        connection.rollback();
        PostgresOutside run = new PostgresOutside(connection, others, last);
        Optional<String> failure = run.execute(statement);
        connection.setAutoCommit(false);
        // What the session had counted may have gone to the server meanwhile: no scans.
        scans = Scans.read(connection);
        return failure.isPresent() ? Observation.failed(statement, failure.get()) : seen(statement, run.locks());
    }

    private Observation seen(ScriptStatement statement, Map<Long, LockMode> locksNow) throws SQLException {
        Catalog now = Catalog.read(connection);
        Scans scansNow = Scans.read(connection);
        Predicate<Long> isWritten = oid ->
                scansNow.hasChanged(oid, scans) || locksNow.get(oid) == LockMode.ROW_EXCLUSIVE && hasReadAny(scansNow);
        Set<String> newFiles = new LinkedHashSet<>();
        Set<String> emptied = new LinkedHashSet<>();
        for (long oid : withNewFile(now)) {
            Relation relation = now.relations().get(oid);
            (rows.had(oid) && rows.isEmpty(relation) ? emptied : newFiles).add(now.name(oid));
        }
        Set<String> broken = new LinkedHashSet<>(OldCode.broken(first, now, released));
        broken.removeAll(OldCode.broken(first, last, released));
        Observation observation = new Observation(
                statement,
                named(newLocks(locksNow), now),
                names(oid -> isTable(oid) && scansNow.hasRead(oid, scans), now),
                names(oid -> isTable(oid) && isWritten.test(oid), now),
                newFiles,
                emptied,
                broken,
                newConstraints(now),
                RowFit.queries(connection, last, now, released),
                Optional.empty(),
                waitsWithoutLimit());
        last = now;
        scans = scansNow;
        locks = locksNow;
        return observation;
    }

    private boolean hasReadAny(Scans now) {
        return released.relations().keySet().stream().anyMatch(oid -> now.hasReadWhole(oid, scans));
    }

    private boolean isTable(long oid) {
        Relation relation = released.relations().get(oid);
        return relation != null && relation.holdsRows();
    }

    private List<Long> withNewFile(Catalog now) {
        return now.relations().keySet().stream()
                .filter(released.relations()::containsKey)
                .filter(last.relations()::containsKey)
                .filter(oid -> now.relations().get(oid).file()
                        != last.relations().get(oid).file())
                .filter(oid -> now.relations().get(oid).file() != 0)
                .filter(oid -> now.relations().get(oid).holdsRows()
                        || now.relations().get(oid).isIndex())
                .toList();
    }

    private Set<String> names(Predicate<Long> wanted, Catalog now) {
        return released.relations().keySet().stream()
                .filter(wanted)
                .map(oid -> name(oid, now))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** As it was called when the statement began. */
    private String name(long oid, Catalog now) {
        return (last.relations().containsKey(oid) ? last : now.relations().containsKey(oid) ? now : released).name(oid);
    }

    private Map<Long, LockMode> ownLocks() throws SQLException {
        Map<Long, LockMode> found = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            Catalog.each(
                    statement,
                    "select relation, mode from pg_locks where pid = pg_backend_pid() and locktype = 'relation' and mode <> 'SIReadLock'",
                    row -> found.merge(
                            row.getLong(1),
                            LockMode.of(row.getString(2)),
                            (one, other) -> one.compareTo(other) > 0 ? one : other));
        }
        return found;
    }

    private Map<Long, LockMode> newLocks(Map<Long, LockMode> now) {
        return now.entrySet().stream()
                .filter(lock -> released.relations().containsKey(lock.getKey()))
                .filter(lock -> !locks.containsKey(lock.getKey())
                        || locks.get(lock.getKey()).compareTo(lock.getValue()) < 0)
                .filter(lock -> !hasStrongerOnTable(lock.getKey(), lock.getValue(), now))
                // Nobody writes to a materialized view.
                .filter(lock -> !released.relations().get(lock.getKey()).kind().equals("m")
                        || lock.getValue().blocksReads())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean hasStrongerOnTable(long oid, LockMode mode, Map<Long, LockMode> now) {
        LockMode onTable = now.get(released.relations().get(oid).table());
        return onTable != null && onTable.compareTo(mode) >= 0;
    }

    private Map<String, LockMode> named(Map<Long, LockMode> byOid, Catalog now) {
        Map<String, LockMode> named = new LinkedHashMap<>();
        released.relations().keySet().stream()
                .filter(byOid::containsKey)
                .forEach(oid -> named.put(name(oid, now), byOid.get(oid)));
        return named;
    }

    private List<String> newConstraints(Catalog now) {
        return now.constraints().entrySet().stream()
                .filter(constraint -> !last.constraints().containsKey(constraint.getKey()))
                .map(constraint -> constraint.getValue().name())
                .toList();
    }

    private boolean waitsWithoutLimit() throws SQLException {
        boolean[] unlimited = new boolean[1];
        try (Statement statement = connection.createStatement()) {
            Catalog.each(
                    statement, "select current_setting('lock_timeout') = '0'", row -> unlimited[0] = row.getBoolean(1));
        }
        return unlimited[0];
    }

    private void commit(List<Observation> observations) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException refused) {
            connection.rollback();
            int end = observations.size() - 1;
            observations.set(
                    end,
                    Observation.failed(observations.get(end).statement(), "on commit: " + Failure.sentence(refused)));
        }
    }
}
