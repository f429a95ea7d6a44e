package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.state.MigrationRow;
import org.jspecify.annotations.Nullable;

/**
 * The one order of all migrations: by version, the next when the one before is done; what waits for its release holds up only
 * what names it. A function of what was read; asks nothing and changes nothing. Immutable, and so safe for threads.
 */
final class Order {
    private final Map<Long, MigrationEntry> entries = new TreeMap<>();

    Order(List<MigrationEntry> entries) {
        entries.forEach(entry -> this.entries.put(entry.version(), entry));
    }

    /**
     * @param rows what the table has
     * @param mode whether after-release migrations run
     * @param isLive whether some live instance's build contains a version; asked for unknown, unfinished ones only
     */
    Next next(List<MigrationRow> rows, Mode mode, LongPredicate isLive) {
        Map<Long, MigrationRow> known =
                rows.stream().collect(Collectors.toMap(MigrationRow::version, Function.identity()));
        List<MigrationEntry> missing = new ArrayList<>(entries.values());
        missing.removeIf(entry -> known.containsKey(entry.version()));
        if (!missing.isEmpty()) {
            return new Next.Register(missing, rows.isEmpty());
        }
        Set<Long> held = new HashSet<>();
        for (long version : new TreeSet<>(known.keySet())) {
            MigrationRow row = known.get(version);
            MigrationEntry entry = entries.get(version);
            if (row.state() == State.DONE) {
                continue;
            }
            Next next = isLeftToOthers(entry, row) ? unknown(row, isLive) : null;
            if (next == null && entry != null) {
                next = known(entry, row, mode, held);
            }
            if (next != null) {
                return next;
            }
        }
        return settled(held);
    }

    /** What this build does not know, or has lost: an instance that still has its code may be at it. */
    private static boolean isLeftToOthers(@Nullable MigrationEntry entry, MigrationRow row) {
        return entry == null || entry.isRetired() && !row.code().fingerprint().equals(MigrationEntry.RETIRED);
    }

    /** A version of another build: left alone, and in the way only while somebody who knows it is there to end it. */
    private static @Nullable Next unknown(MigrationRow row, LongPredicate isLive) {
        return isLive.test(row.version())
                ? new Next.Wait("migration " + MigrationEntry.written(row.version()) + " (" + row.name()
                        + "), which this build does not contain, is to be ended by an instance that does")
                : null;
    }

    private static @Nullable Next known(MigrationEntry entry, MigrationRow row, Mode mode, Set<Long> held) {
        boolean sameCode = entry.isSameCode(row.code().fingerprint());
        if (row.state() == null) {
            return new Next.Settled(
                    Outcome.FAILED,
                    entry + " has a state that is none of ours, '" + row.word()
                            + "', in the state table's column state; set it"
                            + " to created, and it begins anew, to pending, and it goes on, or to done",
                    false);
        }
        if (row.state() == State.FAILED) {
            return sameCode ? failed(entry) : new Next.OtherCode(entry, row);
        }
        if (isHeld(entry, mode, held)) {
            held.add(entry.version());
            return null;
        }
        if (row.paused()) {
            return new Next.Settled(Outcome.HELD, entry + " is paused; resume() lets it go on", false);
        }
        if (!sameCode) {
            return new Next.OtherCode(entry, row);
        }
        if (row.state() == State.CREATED) {
            return new Next.Ready(entry, row);
        }
        return row.due() ? new Next.Run(entry, row) : new Next.Wait(entry + " is tried again after a while");
    }

    private static Next failed(MigrationEntry entry) {
        return new Next.Settled(
                Outcome.FAILED,
                entry.isRetired()
                        ? RetiredMigrationException.text(entry)
                        : entry + " has failed, and what follows waits; deploy code that mends it, or retry() or skip()"
                                + " it (its error is in the state table)",
                false);
    }

    /** Whether a migration waits for its release, or for one that does; that of a retired one has long been there. */
    static boolean isHeld(MigrationEntry entry, Mode mode, Set<Long> held) {
        return (entry.phase() == Phase.AFTER_RELEASE && mode != Mode.AFTER && !entry.isRetired())
                || entry.after().stream().anyMatch(held::contains);
    }

    private static Next settled(Set<Long> held) {
        if (held.isEmpty()) {
            return new Next.Settled(Outcome.DONE, "all migrations are done", true);
        }
        String versions =
                new TreeSet<>(held).stream().map(MigrationEntry::written).collect(Collectors.joining(", "));
        return new Next.Settled(Outcome.HELD, versions + ": " + WAITS_FOR_RELEASE, true);
    }

    /** Why an after-release migration does not run. */
    static final String WAITS_FOR_RELEASE =
            "waits until no older instance is at work; MODE=after, or dispatch(Mode.AFTER), says so";
}
