package org.asyncmigrations.example.tenants;

import java.util.Locale;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * The state of one tenant at the end of its turn.
 *
 * @param tenant its name
 * @param outcome the outcome of its dispatch
 * @param exitCode the outcome as an exit code, see {@link Dispatch#exitCode()}
 * @param rows all rows that its migrations have changed
 * @param note the reason; empty if nothing is left to do
 */
record Result(String tenant, Outcome outcome, int exitCode, long rows, String note) {
    static final String HEADER = line("tenant", "state", "rows", "note");

    static Result of(String tenant, Dispatch dispatch, DispatchStatus status) {
        long rows = status.migrations().stream()
                .mapToLong(migration -> migration.progress().rowsDone())
                .sum();
        return new Result(tenant, dispatch.outcome(), dispatch.exitCode(), rows, note(dispatch, status));
    }

    /** {@return the reason} The dispatch knows what it waits for; a failed migration's error is in its status. */
    private static String note(Dispatch dispatch, DispatchStatus status) {
        String message = dispatch.exitCode() == 0 ? "" : dispatch.message();
        return status.migrations().stream()
                .filter(migration -> migration.state() == State.FAILED)
                .map(migration -> migration.simpleName() + ": " + firstLine(migration.error()))
                .findFirst()
                .orElse(message);
    }

    private static String firstLine(@Nullable String error) {
        return error == null ? "" : error.lines().findFirst().orElse("");
    }

    /** The result for a tenant that can't be reached. */
    static Result failed(String tenant, RuntimeException failure) {
        return new Result(tenant, Outcome.FAILED, 1, 0, failure.toString());
    }

    /** {@return whether another turn may bring progress} */
    boolean isUnderWay() {
        return outcome == Outcome.RUNNING;
    }

    /** {@return done, failed, held or running; migrations that MODE=before leaves for later don't count} */
    String state() {
        return (exitCode == 0 ? Outcome.DONE : outcome).name().toLowerCase(Locale.ROOT);
    }

    /** {@return a line of the summary} */
    @Override
    public String toString() {
        return line(tenant, state(), String.format(Locale.ROOT, "%,d", rows), note);
    }

    private static String line(String tenant, String state, String rows, String note) {
        return String.format(Locale.ROOT, "%-16s %-8s %12s  %s", tenant, state, rows, note)
                .stripTrailing();
    }
}
