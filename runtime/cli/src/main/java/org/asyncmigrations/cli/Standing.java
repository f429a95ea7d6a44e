package org.asyncmigrations.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;

/**
 * The state of the queue, as an instance's {@code Dispatch} would report it.
 *
 * @param outcome the state in a word
 * @param sentence the reason, for people
 * @param quietFor how long the running migration has made no progress; zero if none is running
 */
record Standing(Outcome outcome, String sentence, Duration quietFor) {
    Standing {
        sentence = Calls.asVerbs(sentence);
    }

    /**
     * Reads the state of all migrations, or of one and all before it.
     *
     * @param operator the database's operator
     * @param version the one, null for all
     * @return the state
     */
    static Standing of(Operator operator, @Nullable Long version) {
        if (version != null) {
            ShowVerb.status(operator, version);
        }
        List<MigrationStatus> all = operator.status().migrations().stream()
                .filter(migration -> version == null || migration.version() <= version)
                .toList();
        List<MigrationStatus> left = all.stream()
                .filter(migration -> migration.state() != State.DONE)
                .toList();
        for (MigrationStatus migration : left) {
            if (migration.state() == State.FAILED) {
                String error = migration.firstError();
                return say(Outcome.FAILED, name(migration) + " has failed" + (error == null ? "" : ": " + error));
            }
        }
        return left.isEmpty() || version != null && isDone(all, version)
                ? say(Outcome.DONE, StatusTable.counts(all))
                : ofThose(left, operator.instances());
    }

    private static boolean isDone(List<MigrationStatus> all, long version) {
        return all.stream().anyMatch(one -> one.version() == version && one.state() == State.DONE);
    }

    private static Standing ofThose(List<MigrationStatus> left, List<InstanceStatus> instances) {
        MigrationStatus first = left.get(0);
        // The newest heartbeat, as the current time of the database's clock.
        Optional<Instant> now = instances.stream()
                .filter(InstanceStatus::live)
                .map(InstanceStatus::seenAt)
                .max(Comparator.naturalOrder());
        if (now.isEmpty() && !first.paused()) {
            String number = left.size() == 1 ? " migration is left: " : " migrations are left, first ";
            return say(
                    Outcome.CLOSED,
                    "no instance of the application is alive, and " + left.size() + number + name(first));
        }
        // A closed gate holds up only its own migration.
        return left.stream()
                .filter(Standing::goesOn)
                .findFirst()
                .map(migration -> running(migration, now.orElse(Instant.EPOCH)))
                .orElseGet(() -> say(Outcome.HELD, name(first) + " " + first.waitsFor()));
    }

    private static boolean goesOn(MigrationStatus migration) {
        boolean backsOff =
                migration.now().nextAttemptAt() != null && migration.progress().startedAt() != null;
        boolean hasNoReason = migration.waitsFor() == null || backsOff;
        boolean isWorkedOn = migration.state() == State.PROCESSING
                || !migration.now().owners().isEmpty();
        return !migration.paused() && (hasNoReason || isWorkedOn);
    }

    private static Standing running(MigrationStatus migration, Instant now) {
        Instant progress = migration.now().lastProgressAt();
        boolean isQuiet = migration.state() == State.PROCESSING && progress != null && progress.isBefore(now);
        String share = StatusTable.share(migration);
        String reason = migration.waitsFor() == null ? "" : ": " + migration.waitsFor();
        return new Standing(
                Outcome.RUNNING,
                name(migration) + " is " + migration.state().word() + (share.isEmpty() ? "" : ", " + share) + reason,
                isQuiet ? Duration.between(progress, now) : Duration.ZERO);
    }

    private static Standing say(Outcome outcome, String sentence) {
        return new Standing(outcome, sentence, Duration.ZERO);
    }

    private static String name(MigrationStatus migration) {
        return "migration " + MigrationEntry.written(migration.version()) + " (" + migration.simpleName() + ")";
    }

    /** {@return the exit code, as in {@code Dispatch}} */
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

    /** {@return the outcome and the sentence} */
    String text() {
        return word() + ": " + sentence;
    }
}
