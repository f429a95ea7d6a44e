package org.asyncmigrations.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.Tuning;
import org.jspecify.annotations.Nullable;

/** The operator's records as JSON objects. Their members have the records' names, with units added. */
final class Facts {
    private Facts() {}

    private static @Nullable String said(@Nullable String text) {
        return text == null ? null : Calls.asVerbs(text);
    }

    static Map<String, @Nullable Object> of(MigrationStatus migration) {
        MigrationStatus.Pace pace = migration.now().pace();
        return Json.object(
                "version", migration.version(),
                "name", migration.name(),
                "phase", migration.phase().name().toLowerCase(Locale.ROOT),
                "state", migration.state(),
                "paused", migration.paused(),
                "attempts", migration.attempts(),
                "rowsDone", migration.progress().rowsDone(),
                "keysWalked", migration.progress().keysWalked(),
                "rowsEstimated", migration.progress().rowsEstimated(),
                "startedAt", migration.progress().startedAt(),
                "finishedAt", migration.progress().finishedAt(),
                "lastProgressAt", migration.now().lastProgressAt(),
                "nextAttemptAt", migration.now().nextAttemptAt(),
                "gateOpenedAt", migration.now().gateOpenedAt(),
                "owners", migration.now().owners(),
                "tuning", of(migration.now().tuning()),
                "keysPerSecond", pace.rate(),
                "secondsLeft", pace.timeLeft() == null ? null : pace.timeLeft().toSeconds(),
                "batchKeys", pace.batchSize(),
                "batchMillis", millis(pace.batchTime()),
                "throttled", pace.throttled(),
                "lockedBy", pace.lockedBy(),
                "error", said(migration.error()),
                "waitsFor", said(migration.waitsFor()));
    }

    /** Null if nothing is tuned. */
    private static @Nullable Map<String, @Nullable Object> of(MigrationStatus.TuningStatus status) {
        Tuning tuning = status.tuning();
        return tuning.isNone()
                ? null
                : Json.object(
                        "targetBatchTime", tuning.targetBatchTime(),
                        "workers", tuning.workers(),
                        "load", tuning.load(),
                        "batchSize", tuning.batchSize(),
                        "tooOld", status.tooOld());
    }

    static Map<String, @Nullable Object> of(MigrationEvent event) {
        return Json.object(
                "id", event.id(),
                "at", event.at(),
                "version", event.version(),
                "event", event.event(),
                "from", event.from(),
                "to", event.to(),
                "who", event.who(),
                "detail", said(event.detail()));
    }

    static Map<String, @Nullable Object> of(InstanceStatus instance) {
        return Json.object(
                "id", instance.id(),
                "host", instance.host(),
                "application", instance.application(),
                "release", instance.release(),
                "build", instance.build(),
                "live", instance.live(),
                "startedAt", instance.startedAt(),
                "seenAt", instance.seenAt(),
                "leavingAt", instance.leavingAt());
    }

    static Map<String, @Nullable Object> of(RangeStatus range) {
        return Json.object(
                "version", range.version(),
                "number", range.number(),
                "owner", range.owner(),
                "claimedUntil", range.claimedUntil(),
                "from", range.from(),
                "cursor", range.cursor(),
                "to", range.to(),
                "attempts", range.attempts(),
                "rowsDone", range.rowsDone(),
                "keysWalked", range.keysWalked(),
                "lastProgressAt", range.lastProgressAt(),
                "keysPerSecond", range.rate(),
                "batchKeys", range.batchSize(),
                "batchMillis", millis(range.batchTime()));
    }

    private static @Nullable Long millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }

    static Map<String, @Nullable Object> of(RejectedRow row) {
        return Json.object(
                "key", row.key(),
                "error", row.error(),
                "attempts", row.attempts(),
                "lastTriedAt", row.lastTriedAt(),
                "accepted", row.accepted());
    }
}
