package org.asyncmigrations.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.state.MigrationRow;

/** The orders for a migration. Immutable, and so thread-safe. */
public enum Order {
    /** Starts a migration that waits for approval. */
    APPROVE("Approve", "It begins as soon as it is its turn.", Order::waitsForApproval),
    /** Resumes a paused migration. */
    RESUME("Resume", "It continues where it stopped, when the workers next look.", Order::isPaused),
    /** Gives a failed migration its attempts back. */
    RETRY(
            "Retry",
            "Its attempts start again, and it continues where it stopped. Rows that were set aside are retried.",
            migration -> migration.state() == State.FAILED),
    /** Ends a back-off. */
    RUN_NOW(
            "Run now",
            "Its next attempt starts at once, without waiting for the back-off to end.",
            Order::waitsForTime),
    /** Changes the speed of a migration. */
    TUNE(
            "Change speed",
            "Applies from the next batch on, in all instances, across restarts and deploys. Empty fields stay as they"
                    + " are.",
            Order::isLeft),
    /** Pauses a migration. */
    PAUSE(
            "Pause",
            "Holds it, and all that follow it, until it is resumed. The current batch is rolled back; nothing is lost.",
            migration -> isLeft(migration) && !migration.paused()),
    /** Leaves its rejects as they are. */
    ACCEPT_REJECTS(
            "Accept rejects",
            "The rejected rows stay as they are, for good. The migration continues and becomes done without them.",
            migration -> migration.state() == State.FAILED),
    /** Opens the gate of an after-release migration. */
    OPEN_GATE(
            "Open gate",
            "It may run even though its gate is closed. Refused while instances of an older build are alive, unless"
                    + " forced: their code may break.",
            Order::isGated),
    /** Counts a migration as done. */
    SKIP(
            "Skip",
            "Counts it as done, for good, without doing its work. Migrations that follow continue.",
            Order::isLeft);

    private final String title;
    private final String effect;
    private final Predicate<MigrationStatus> allowed;

    Order(String title, String effect, Predicate<MigrationStatus> allowed) {
        this.title = title;
        this.effect = effect;
        this.allowed = allowed;
    }

    /** {@return the label of its button} */
    String title() {
        return title;
    }

    /** {@return its effect, in words} */
    String effect() {
        return effect;
    }

    /** {@return its name in addresses and JSON, such as {@code run-now}} */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the order with this name, empty if there is none} */
    static Optional<Order> of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.word().equals(word))
                .findFirst();
    }

    /** {@return the orders that a migration's state allows, the most likely ones first} */
    static List<Order> allowed(MigrationStatus migration) {
        return Arrays.stream(values())
                .filter(order -> order.allowed.test(migration))
                .toList();
    }

    static boolean waitsForApproval(MigrationStatus migration) {
        return migration.paused() && MigrationRow.Beginning.APPROVAL.equals(migration.waitsFor());
    }

    private static boolean isPaused(MigrationStatus migration) {
        return migration.paused() && isLeft(migration) && !waitsForApproval(migration);
    }

    private static boolean isLeft(MigrationStatus migration) {
        return migration.state() != State.DONE;
    }

    private static boolean waitsForTime(MigrationStatus migration) {
        return migration.now().nextAttemptAt() != null && !migration.paused() && isLeft(migration);
    }

    private static boolean isGated(MigrationStatus migration) {
        return migration.phase() == Phase.AFTER_RELEASE
                && isLeft(migration)
                && migration.progress().startedAt() == null
                && migration.now().gateOpenedAt() == null;
    }
}
