package org.asyncmigrations.example.tenants;

import java.util.Locale;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * How one tenant stands when its turn is over.
 *
 * @param tenant its name
 * @param outcome how it stands
 * @param exitCode the same for platforms, see {@link Dispatch#exitCode()}
 * @param rows all that its migrations have changed
 * @param note why it stands so; empty when there is nothing left to do
 */
record Result(String tenant, Outcome outcome, int exitCode, long rows, String note) {
    static final String HEADER = line("tenant", "state", "rows", "note");

    static Result of(String tenant, Dispatch dispatch, DispatchStatus status) {
        long rows = status.migrations().stream()
                .mapToLong(migration -> migration.progress().rowsDone())
                .sum();
        return new Result(tenant, dispatch.outcome(), dispatch.exitCode(), rows, note(dispatch, status));
    }

    /** The dispatch knows what it waits for; why a migration has failed is in the table. */
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

    /** A tenant that could not even be asked. */
    static Result failed(String tenant, RuntimeException failure) {
        return new Result(tenant, Outcome.FAILED, 1, 0, failure.toString());
    }

    /** {@return whether another turn may bring it forward} */
    boolean isUnderWay() {
        return outcome == Outcome.RUNNING;
    }

    /** {@return done, failed, held or running; what MODE=before leaves for later is not counted} */
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
