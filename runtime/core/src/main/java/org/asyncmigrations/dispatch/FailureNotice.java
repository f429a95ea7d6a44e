package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusRows;
import org.jspecify.annotations.Nullable;

/**
 * The message about a failed migration: why it failed, what waits for it, and what to do. The error is read once, not with each
 * poll. Thread-safe.
 */
final class FailureNotice {
    /** How many names a line lists. The status lists all. */
    private static final int NAMES = 3;

    private final StateStore store;
    private @Nullable Written last;

    /** A message, and the failure that it is about. */
    private record Written(long version, long token, String text) {}

    FailureNotice(StateStore store) {
        this.store = store;
    }

    /** {@return the message} */
    synchronized String of(NextAction.Failed failed) throws SQLException {
        Written known = last;
        if (known == null
                || known.version() != failed.row().version()
                || known.token() != failed.row().token()) {
            known = new Written(failed.row().version(), failed.row().token(), text(failed));
            last = known;
        }
        return known.text();
    }

    private String text(NextAction.Failed failed) throws SQLException {
        MigrationEntry entry = failed.entry();
        if (entry.isRetired()) {
            return RetiredMigrationException.text(entry);
        }
        MigrationStatus status = store.transaction(tx -> StatusRows.of(tx, entry.version()));
        String error = status == null ? null : status.firstError();
        String why = error == null ? "" : ": " + error.replace(entry + ": ", "");
        // The text about rejects already says what to do.
        String remedy = why.contains("retry()") ? "" : "; " + MigrationStatus.remedy(entry.version());
        return entry + " has failed" + why + waiting(failed.waiting()) + remedy;
    }

    private static String waiting(List<MigrationEntry> waiting) {
        if (waiting.isEmpty()) {
            return "";
        }
        String names = waiting.stream()
                .limit(NAMES)
                .map(entry -> MigrationEntry.written(entry.version()) + " " + entry.simpleName())
                .collect(Collectors.joining(", "));
        String more = waiting.size() > NAMES ? " and " + (waiting.size() - NAMES) + " more" : "";
        return (waiting.size() == 1
                        ? "; 1 migration waits for it: "
                        : "; " + waiting.size() + " migrations wait for it: ")
                + names
                + more;
    }
}
