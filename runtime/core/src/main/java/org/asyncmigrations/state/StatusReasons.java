package org.asyncmigrations.state;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** Why migrations aren't running, as far as the tables show. Stateless and thread-safe. */
public final class StatusReasons {
    private StatusReasons() {}

    /** What is known about instances and pauses. */
    private record Known(boolean isAnyLive, Set<Long> live, Map<Long, String> pauses) {}

    /**
     * The status of all migrations that have a row, with the reasons.
     *
     * @param tx the transaction
     * @return the statuses, in the order of versions
     */
    public static List<MigrationStatus> all(StateTransaction tx) {
        List<MigrationStatus> rows = StatusRows.all(tx);
        Known known = new Known(InstanceRows.isAnyLive(tx), InstanceRows.liveVersions(tx), pauses(tx, rows));
        return inOrder(rows.stream().map(row -> withReason(row, known)).toList(), known.live()::contains);
    }

    /**
     * Adds reasons: to failed migrations what to do, and to those without a reason of their own which earlier migration they wait
     * for.
     *
     * @param all the statuses, in the order of versions
     * @param isKnown whether a version that isn't done holds up those that follow
     * @return the statuses with these reasons
     */
    public static List<MigrationStatus> inOrder(List<MigrationStatus> all, LongPredicate isKnown) {
        List<MigrationStatus> told = new ArrayList<>();
        MigrationStatus before = null;
        for (MigrationStatus status : all) {
            boolean waits = status.state() == State.CREATED
                    && status.waitsFor() == null
                    && !status.now().independent();
            told.add(
                    status.state() == State.FAILED
                            ? status.waitingFor(MigrationStatus.remedy(status.version()))
                            : before != null && waits ? status.waitingFor(inTheWay(before)) : status);
            boolean isHeld = status.phase() == Phase.AFTER_RELEASE && status.state() == State.CREATED;
            boolean isOrdered = !status.now().independent() && !isHeld;
            if (before == null && status.state() != State.DONE && isKnown.test(status.version()) && isOrdered) {
                before = status;
            }
        }
        return told;
    }

    private static String inTheWay(MigrationStatus before) {
        String why = before.state() == State.FAILED
                ? ", which has failed"
                : waitsForApproval(before)
                        ? ", which " + before.waitsFor()
                        : before.paused() ? ", which is paused" : "";
        return "waits for " + MigrationEntry.written(before.version()) + " " + before.simpleName() + why;
    }

    private static MigrationStatus withReason(MigrationStatus status, Known known) {
        String reason = reason(status, known);
        return reason == null ? status : status.waitingFor(reason);
    }

    private static @Nullable String reason(MigrationStatus status, Known known) {
        if (status.state() == State.DONE || status.state() == State.FAILED || waitsForApproval(status)) {
            return null;
        }
        if (status.paused()) {
            return known.pauses().getOrDefault(status.version(), "is paused");
        }
        boolean isGated = status.phase() == Phase.AFTER_RELEASE
                && status.progress().startedAt() == null
                && status.now().gateOpenedAt() == null;
        if (!known.live().contains(status.version())) {
            return (known.isAnyLive() ? "no live instance has its code" : "no instance is alive")
                    + (isGated ? ", and its gate is closed" : "");
        }
        if (status.now().nextAttemptAt() != null) {
            return status.progress().startedAt() == null
                    ? null
                    : "its next attempt is at " + status.now().nextAttemptAt().truncatedTo(ChronoUnit.SECONDS);
        }
        return isGated && status.waitsFor() == null ? "its gate is closed" : null;
    }

    private static boolean waitsForApproval(MigrationStatus status) {
        return status.paused() && MigrationRow.Beginning.APPROVAL.equals(status.waitsFor());
    }

    /** Who paused the paused migrations, and why. */
    private static Map<Long, String> pauses(StateTransaction tx, List<MigrationStatus> rows) {
        List<Long> paused = rows.stream()
                .filter(MigrationStatus::paused)
                .map(MigrationStatus::version)
                .toList();
        Map<Long, String> pauses = new HashMap<>();
        if (!paused.isEmpty()) {
            MigrationEvents<?> e = tx.tables().events();
            tx.dsl()
                    .select(e.VERSION, e.HAPPENED_AT, e.WHO, e.DETAIL)
                    .from(e)
                    .where(e.VERSION.in(paused))
                    .and(e.EVENT.eq(MigrationEvent.Kind.PAUSED.word()))
                    .orderBy(e.HAPPENED_AT)
                    .forEach(row -> pauses.put(
                            row.get(e.VERSION), pause(row.get(e.HAPPENED_AT), row.get(e.WHO), row.get(e.DETAIL))));
        }
        return pauses;
    }

    private static String pause(LocalDateTime since, String who, @Nullable String reason) {
        return "is paused by " + who + " since "
                + since.truncatedTo(ChronoUnit.SECONDS).toInstant(ZoneOffset.UTC)
                + (reason == null ? "" : ": " + reason);
    }
}
