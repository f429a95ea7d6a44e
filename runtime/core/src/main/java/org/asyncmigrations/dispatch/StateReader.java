package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.state.BuildContents;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.PolledRows;
import org.asyncmigrations.state.StartRows;
import org.asyncmigrations.state.StateStore;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables and finds out what to do next. As long as there is nothing to do, one short query checks whether the table has
 * changed, and the remembered rows are used. Nothing is claimed or changed because of remembered rows; before that, all rows are
 * read again. Thread-safe.
 */
final class StateReader {
    private final StateStore store;
    private final Order order;
    private final BuildContents builds = new BuildContents();

    /** The rows with which there was nothing to do; null after work. */
    private volatile @Nullable Known known;

    private record Known(PolledRows polled, List<MigrationRow> rows) {}

    /**
     * The result of one reading of the tables.
     *
     * @param nexts what to do next
     * @param isLocked whether starts are decided under a lock, since some migration is independent
     * @param hasLock whether the row exists that starts lock
     * @param gone migrations in processing that no live instance's build contains
     * @param closed the after-release migrations whose gates are closed
     * @param isRemembered whether these are remembered rows, known only to be unchanged as far as the short query can see
     */
    record Reading(
            List<NextAction> nexts,
            boolean isLocked,
            boolean hasLock,
            Set<Long> gone,
            List<MigrationEntry> closed,
            boolean isRemembered) {}

    StateReader(StateStore store, Order order) {
        this.store = store;
        this.order = order;
    }

    Reading read(Mode mode) throws SQLException {
        Known before = known;
        return before != null && PolledRows.read(store).equals(before.polled())
                ? reading(before.rows(), mode, true)
                : readAll(mode);
    }

    Reading readAll(Mode mode) throws SQLException {
        List<MigrationRow> rows = store.transaction(MigrationRows::all);
        known = new Known(
                PolledRows.of(rows),
                rows.stream().map(MigrationRow::shortIfDone).toList());
        return reading(rows, mode, false);
    }

    /** Forgets the rows, since there is something to do. */
    void forget() {
        known = null;
    }

    private Reading reading(List<MigrationRow> rows, Mode mode, boolean isRemembered) {
        Set<?>[] live = new Set<?>[1];
        LongPredicate isLive = version -> {
            if (live[0] == null) {
                live[0] = liveVersions();
            }
            return live[0].contains(version);
        };
        boolean hasLock = rows.stream().anyMatch(row -> row.version() == StartRows.CONTROL);
        boolean hasIndependent = order.hasIndependent(rows);
        Starting starting = hasIndependent ? starting() : Starting.BESIDE;
        boolean isLocked = hasLock || hasIndependent && starting != Starting.UNLOCKED;
        Set<Long> gone = isLocked
                ? order.unknownRunning(rows).stream()
                        .filter(version -> !isLive.test(version))
                        .collect(Collectors.toSet())
                : Set.of();
        List<NextAction> nexts = order.all(rows, mode, isLive, starting != Starting.BESIDE);
        return new Reading(nexts, isLocked, hasLock, gone, order.closed(rows), isRemembered);
    }

    /** How independent migrations currently start. */
    private enum Starting {
        /** At the same time as others. */
        BESIDE,
        /** In the order of versions. An older runtime doesn't know the lock, and would start others at the same time. */
        IN_ORDER,
        /** In the order of versions, and without a lock, since the tables lack the columns for it. */
        UNLOCKED
    }

    private Starting starting() {
        try {
            return store.read(tx -> StartRows.isPossible(tx)
                    ? InstanceRows.isAnyOld(tx) ? Starting.IN_ORDER : Starting.BESIDE
                    : Starting.UNLOCKED);
        } catch (SQLException failure) {
            throw new DataAccessException("the live instances' versions cannot be read", failure);
        }
    }

    private Set<Long> liveVersions() {
        try {
            return store.read(tx -> InstanceRows.liveVersions(tx, builds));
        } catch (SQLException failure) {
            throw new DataAccessException("the contents of the live instances' builds cannot be read", failure);
        }
    }
}
