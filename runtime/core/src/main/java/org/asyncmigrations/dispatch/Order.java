package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.state.MigrationRow;
import org.jspecify.annotations.Nullable;

/**
 * The order of all migrations: by version, each after the previous one is done. An after-release migration that waits for its gate
 * holds up only the migrations that depend on it. A pure function of the rows it is given. Immutable and thread-safe.
 */
final class Order {
    private final Map<Long, MigrationEntry> entries = new TreeMap<>();

    Order(List<MigrationEntry> entries) {
        entries.forEach(entry -> this.entries.put(entry.version(), entry));
    }

    /**
     * What to do next: for the ordered migrations together, and for each independent migration.
     *
     * @param rows the table's rows
     * @param mode whether after-release migrations run
     * @param isLive whether a live instance's build contains a version; asked only for unknown, unfinished ones
     * @param isStrict whether independent migrations are treated as ordered ones
     * @return at least one; the first is about the ordered migrations if there is anything to say about them
     */
    List<NextAction> all(List<MigrationRow> rows, Mode mode, LongPredicate isLive, boolean isStrict) {
        Map<Long, MigrationRow> known =
                rows.stream().collect(Collectors.toMap(MigrationRow::version, Function.identity()));
        List<MigrationEntry> missing = new ArrayList<>(entries.values());
        missing.removeIf(entry -> known.containsKey(entry.version()));
        if (!missing.isEmpty()) {
            boolean isFirst = rows.stream().allMatch(row -> row.state() == State.CREATED);
            return List.of(new NextAction.Register(missing, isFirst));
        }
        Set<Long> held = new TreeSet<>();
        Set<Long> open = new HashSet<>();
        List<NextAction> nexts = new ArrayList<>();
        boolean isLineOver = true;
        for (long version : new TreeSet<>(known.keySet())) {
            MigrationRow row = known.get(version);
            MigrationEntry entry = entries.get(version);
            boolean isIndependent = entry == null ? row.independent() : entry.independent();
            // A migration that has begun continues, since others may wait for its table.
            boolean isAside = isIndependent && (!isStrict || row.state() == State.PROCESSING);
            // A negative version is a sealing walk. It runs when it's the turn of the migration that it is for.
            if (version < 0 || row.state() == State.DONE) {
                continue;
            }
            if (!isLineOver && !isAside) {
                open.add(version);
                continue;
            }
            NextAction next = null;
            if (isLeftToOthers(entry, row)) {
                next = isAside && entry == null ? null : unknown(entry, row, isLive);
            }
            if (next == null && entry != null) {
                if (entry.after().stream().anyMatch(open::contains)) {
                    isLineOver &= isAside;
                } else {
                    next = known(entry, known, mode, held);
                }
            }
            if (entry != null && !held.contains(version)) {
                open.add(version);
            }
            if (next != null) {
                isLineOver &= isAside;
                nexts.add(isAside ? nexts.size() : 0, next);
            }
        }
        if (isLineOver && !held.isEmpty()) {
            nexts.add(new NextAction.Held(held.stream().map(this::entry).toList()));
        }
        return nexts.isEmpty()
                ? List.of(new NextAction.Settled(Outcome.DONE, "all migrations are done", true))
                : List.copyOf(nexts);
    }

    /** {@return whether a migration that isn't done is independent, according to this build or the table} */
    boolean hasIndependent(List<MigrationRow> rows) {
        return rows.stream().anyMatch(row -> {
            MigrationEntry entry = entries.get(row.version());
            return row.state() != State.DONE && (row.independent() || entry != null && entry.independent());
        });
    }

    /** {@return migrations in processing that this build doesn't contain} */
    List<Long> unknownRunning(List<MigrationRow> rows) {
        return rows.stream()
                .filter(row ->
                        row.state() == State.PROCESSING && row.version() > 0 && !entries.containsKey(row.version()))
                .map(MigrationRow::version)
                .toList();
    }

    private MigrationEntry entry(long version) {
        return Objects.requireNonNull(entries.get(version));
    }

    /**
     * The after-release migrations whose gates are closed.
     *
     * @param rows the table's rows
     */
    List<MigrationEntry> closed(List<MigrationRow> rows) {
        List<MigrationEntry> closed = new ArrayList<>();
        for (MigrationRow row : rows) {
            MigrationEntry entry = entries.get(row.version());
            boolean waits = row.state() == State.CREATED || row.state() == State.PENDING;
            if (entry != null && waits && isGated(entry) && row.gate().isClosed()) {
                closed.add(entry);
            }
        }
        return closed;
    }

    /** A retired migration's gate doesn't count: it opened long ago. */
    static boolean isGated(MigrationEntry entry) {
        return entry.phase() == Phase.AFTER_RELEASE && !entry.isRetired();
    }

    /**
     * Whether this build doesn't contain the migration or its code any more. An instance that still has the code may be working on
     * it.
     */
    private static boolean isLeftToOthers(@Nullable MigrationEntry entry, MigrationRow row) {
        return entry == null || entry.isRetired() && !row.code().fingerprint().equals(MigrationEntry.RETIRED);
    }

    /**
     * Whether a migration of another build is in the way. It is left alone, and it blocks others only while a live instance can
     * finish it.
     */
    private static @Nullable NextAction unknown(
            @Nullable MigrationEntry entry, MigrationRow row, LongPredicate isLive) {
        // An after-release migration that hasn't begun is waiting for this build to go.
        boolean waitsForUs = entry == null
                && row.phase() == Phase.AFTER_RELEASE
                && !row.gate().begun();
        return !waitsForUs && isLive.test(row.version())
                ? new NextAction.Wait("migration " + MigrationEntry.written(row.version()) + " (" + row.name()
                        + "), which this build does not contain, must be finished by an instance that does")
                : null;
    }

    private @Nullable NextAction known(MigrationEntry entry, Map<Long, MigrationRow> rows, Mode mode, Set<Long> held) {
        MigrationRow row = Objects.requireNonNull(rows.get(entry.version()));
        boolean sameCode = entry.isSameCode(row.code().fingerprint());
        if (row.state() == null) {
            return new NextAction.Settled(
                    Outcome.FAILED,
                    entry + " has an unknown state, '" + row.word()
                            + "', in the state table's column state; set it to created to start it again, to pending to"
                            + " continue it, or to done",
                    false);
        }
        if (row.state() == State.FAILED) {
            return sameCode
                    ? new NextAction.Failed(entry, row, waiting(entry, rows))
                    : new NextAction.OtherCode(entry, row);
        }
        if (isHeld(entry, row.gate().isClosed(), mode, held)) {
            held.add(entry.version());
            return null;
        }
        if (row.paused()) {
            String remedy = row.beginning().waitsForApproval()
                    ? " waits for approval; approve(\"why\") lets it begin"
                    : " is paused; resume() lets it continue";
            return new NextAction.Settled(Outcome.HELD, entry + remedy, false);
        }
        if (!sameCode) {
            return new NextAction.OtherCode(entry, row);
        }
        String waits = row.beginning().reason();
        if (waits != null) {
            return new NextAction.Settled(Outcome.HELD, entry + " " + waits, false);
        }
        NextAction before = isGated(entry) && !row.gate().begun() ? beforeItBegins(entry, rows) : null;
        return before == null ? work(entry, row) : before;
    }

    /** What to do before a migration begins. It may be pending already: its gate may have been closed since. */
    private @Nullable NextAction beforeItBegins(MigrationEntry entry, Map<Long, MigrationRow> rows) {
        MigrationRow row = Objects.requireNonNull(rows.get(entry.version()));
        return row.gate().isClosed() ? new NextAction.Open(entry, row) : unsealed(entry, rows);
    }

    private static NextAction work(MigrationEntry entry, MigrationRow row) {
        if (row.state() == State.CREATED) {
            return new NextAction.Ready(entry, row);
        }
        return row.due() ? new NextAction.Run(entry, row) : new NextAction.BackOff(entry);
    }

    /**
     * The first dependency of a migration that has a pending condition and must still be walked once more, in the order of
     * versions.
     */
    private @Nullable NextAction unsealed(MigrationEntry entry, Map<Long, MigrationRow> rows) {
        MigrationRow row = Objects.requireNonNull(rows.get(entry.version()));
        for (long version : dependencies(entry, new TreeSet<>())) {
            MigrationEntry sealed = entries.get(version);
            MigrationRow before = rows.get(version);
            if (sealed != null
                    && before != null
                    && sealed.marker() == By.PENDING_ROWS
                    && !sealed.isRetired()
                    && !row.gate().sealed().contains(version)) {
                return new NextAction.Seal(entry, row, sealed, before, rows.get(-version));
            }
        }
        return null;
    }

    private Set<Long> dependencies(MigrationEntry of, Set<Long> found) {
        for (long version : of.after()) {
            MigrationEntry entry = entries.get(version);
            if (found.add(version) && entry != null) {
                dependencies(entry, found);
            }
        }
        return found;
    }

    /**
     * What can't begin before a failed migration is done: migrations that depend on it, and those that follow in the order of
     * versions.
     */
    private List<MigrationEntry> waiting(MigrationEntry failed, Map<Long, MigrationRow> rows) {
        Set<Long> before = new HashSet<>(Set.of(failed.version()));
        boolean isLine = !failed.independent();
        List<MigrationEntry> waiting = new ArrayList<>();
        for (MigrationEntry entry : entries.values()) {
            boolean follows = entry.version() > failed.version()
                    && (isLine && !entry.independent() || entry.after().stream().anyMatch(before::contains));
            if (follows && Objects.requireNonNull(rows.get(entry.version())).state() != State.DONE) {
                before.add(entry.version());
                isLine |= !entry.independent();
                waiting.add(entry);
            }
        }
        return waiting;
    }

    /** Whether a migration waits for its gate, or depends on one that does. */
    private static boolean isHeld(MigrationEntry entry, boolean isClosed, Mode mode, Set<Long> held) {
        boolean waits = isGated(entry) && (mode == Mode.BEFORE || mode == Mode.GATED && isClosed);
        return waits || entry.after().stream().anyMatch(held::contains);
    }

    /** Whether the mode leaves a migration, or one that it depends on, for later. */
    static boolean isLeftForLater(MigrationEntry entry, Mode mode, Set<Long> held) {
        return mode == Mode.BEFORE && isHeld(entry, true, mode, held);
    }

    /** Why an after-release migration doesn't run if the mode leaves it for later. */
    static final String LEFT_FOR_LATER = "MODE=before leaves it for later";
}
