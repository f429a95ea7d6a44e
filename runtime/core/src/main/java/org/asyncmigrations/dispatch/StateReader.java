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
 * Reads what is next. As long as nothing can be done, one short statement tells whether the table has changed, and the rows are
 * those that were read before. Nothing is claimed or changed by such rows: whoever is about to reads all of them again. Safe for
 * threads.
 */
final class StateReader {
    private final StateStore store;
    private final Order order;
    private final BuildContents builds = new BuildContents();

    /** By which nothing could be done; null after work. */
    private volatile @Nullable Known known;

    private record Known(PolledRows polled, List<MigrationRow> rows) {}

    /**
     * What one reading of the tables says.
     *
     * @param nexts what is next
     * @param isLocked whether some migration is independent, so that starts are decided under a lock
     * @param hasLock whether the row is there that starts lock
     * @param gone what has begun, and no live instance's build contains
     * @param closed the after-release migrations whose gates are closed
     * @param isRemembered whether the rows were read before, and no more is known than that they say the same
     */
    record Reading(
            List<Next> nexts,
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

    /** There is something to do, or nothing ever again: the rows are of no use for the next step. */
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
        List<Next> nexts = order.all(rows, mode, isLive, starting != Starting.BESIDE);
        return new Reading(nexts, isLocked, hasLock, gone, order.closed(rows), isRemembered);
    }

    /** How independent migrations start at present. */
    private enum Starting {
        /** Beside others. */
        BESIDE,
        /** In the order of versions: an older runtime knows of no lock, and would begin beside them. */
        IN_ORDER,
        /** In the order of versions, and without a lock: the tables lack its columns. */
        UNLOCKED
    }

    private Starting starting() {
        try {
            return store.read(tx -> StartRows.isPossible(tx)
                    ? InstanceRows.isAnyOld(tx) ? Starting.IN_ORDER : Starting.BESIDE
                    : Starting.UNLOCKED);
        } catch (SQLException failure) {
            throw new DataAccessException("which runtimes the live instances have cannot be read", failure);
        }
    }

    private Set<Long> liveVersions() {
        try {
            return store.read(tx -> InstanceRows.liveVersions(tx, builds));
        } catch (SQLException failure) {
            throw new DataAccessException("what the live instances' builds contain cannot be read", failure);
        }
    }
}
