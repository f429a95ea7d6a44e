package org.asyncmigrations.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;

/**
 * How the queue stands, as an instance's {@code Dispatch} would say it.
 *
 * @param outcome in a word
 * @param sentence why, for people
 * @param quietFor how long the migration at work has made no progress; zero if none is at work
 */
record Standing(Outcome outcome, String sentence, Duration quietFor) {
    /**
     * Reads how all migrations stand, or one with all before it.
     *
     * @param operator of the database
     * @param version the one, null for all
     * @return the standing
     */
    static Standing of(Operator operator, @Nullable Long version) {
        if (version != null) {
            ShowVerb.status(operator, version);
        }
        List<MigrationStatus> all = operator.status().migrations().stream()
                .filter(migration -> version == null || migration.version() <= version)
                .toList();
        List<MigrationStatus> left =
                all.stream().filter(migration -> migration.state() != State.DONE).toList();
        for (MigrationStatus migration : left) {
            if (migration.state() == State.FAILED) {
                String error = migration.firstError();
                return say(Outcome.FAILED, name(migration) + " has failed" + (error == null ? "" : ": " + error));
            }
        }
        return left.isEmpty() || version != null && isDone(all, version)
                ? say(Outcome.DONE, StatusTable.counts(all))
                : ofFirst(left.get(0), left.size(), operator.instances());
    }

    private static boolean isDone(List<MigrationStatus> all, long version) {
        return all.stream().anyMatch(one -> one.version() == version && one.state() == State.DONE);
    }

    /** The order is strict: what the first waits for, all wait for. */
    private static Standing ofFirst(MigrationStatus first, int left, List<InstanceStatus> instances) {
        boolean hasReason = first.waitsFor() != null
                && first.state() != State.PROCESSING
                && first.activity().nextAttemptAt() == null;
        if (first.paused() || hasReason) {
            String reason = first.waitsFor() == null ? "is paused" : first.waitsFor();
            return say(Outcome.HELD, name(first) + ": " + reason);
        }
        // By the database's clock: the newest heartbeat.
        Instant now = instances.stream()
                .filter(InstanceStatus::live)
                .map(InstanceStatus::seenAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (now == null) {
            return say(Outcome.CLOSED, "no instance of the application lives, and " + left
                    + (left == 1 ? " migration is left: " : " migrations are left, first ") + name(first));
        }
        Instant progress = first.activity().lastProgressAt();
        Duration quiet = progress == null || first.state() != State.PROCESSING || progress.isAfter(now)
                ? Duration.ZERO
                : Duration.between(progress, now);
        String share = StatusTable.share(first);
        String reason = first.waitsFor() == null ? "" : ": " + first.waitsFor();
        return new Standing(
                Outcome.RUNNING,
                name(first) + " is " + first.state().word() + (share.isEmpty() ? "" : ", " + share) + reason,
                quiet);
    }

    private static Standing say(Outcome outcome, String sentence) {
        return new Standing(outcome, sentence, Duration.ZERO);
    }

    private static String name(MigrationStatus migration) {
        return "migration " + MigrationEntry.written(migration.version()) + " (" + migration.simpleName() + ")";
    }

    /** {@return the exit code, as {@code Dispatch} has it} */
    int exitCode() {
        return switch (outcome) {
            case DONE -> Exit.DONE;
            case FAILED -> Exit.FAILED;
            case HELD -> Exit.HELD;
            case RUNNING -> Exit.RUNNING;
            case CLOSED -> Exit.CLOSED;
        };
    }

    String json() {
        return Json.text(Json.object("outcome", word(), "exitCode", exitCode(), "sentence", sentence));
    }

    private String word() {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the word and the sentence} */
    String text() {
        return word() + ": " + sentence;
    }
}
