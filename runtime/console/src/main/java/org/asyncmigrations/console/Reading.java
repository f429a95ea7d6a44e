package org.asyncmigrations.console;

import java.time.Instant;
import java.util.List;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a registry, as last read. Immutable, and so thread-safe.
 *
 * @param at when, by this machine's clock
 * @param status their status; without migrations if it couldn't be read
 * @param trouble why it couldn't be read, null if it could
 */
record Reading(Instant at, DispatchStatus status, @Nullable String trouble) {
    /** The state of a registry in one word, the worst first. */
    enum Standing {
        FAILED("failed"),
        UNREADABLE("not readable"),
        HELD("held"),
        RUNNING("running"),
        WAITING("waiting"),
        DONE("done"),
        EMPTY("no migrations"),
        UNREAD("not read yet");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Standing standing() {
        List<MigrationStatus> all = status.migrations();
        if (trouble != null) {
            return Standing.UNREADABLE;
        }
        if (all.stream().anyMatch(one -> one.state() == State.FAILED)) {
            return Standing.FAILED;
        }
        List<MigrationStatus> left =
                all.stream().filter(one -> one.state() != State.DONE).toList();
        if (left.isEmpty()) {
            return all.isEmpty() ? Standing.EMPTY : Standing.DONE;
        }
        if (left.stream().anyMatch(MigrationStatus::paused)) {
            return Standing.HELD;
        }
        return left.stream().anyMatch(Reading::isTurn) ? Standing.RUNNING : Standing.WAITING;
    }

    /** {@return whether a migration is running, held or failed, rather than done or waiting for its turn} */
    static boolean isActive(MigrationStatus migration) {
        return isTurn(migration)
                || migration.state() == State.FAILED
                || migration.paused() && migration.state() != State.DONE;
    }

    private static boolean isTurn(MigrationStatus migration) {
        return migration.state() == State.PROCESSING
                || migration.state() == State.PENDING
                || !migration.now().owners().isEmpty();
    }

    /** {@return how many migrations are in this state} */
    long count(State state) {
        return status.migrations().stream().filter(one -> one.state() == state).count();
    }
}
