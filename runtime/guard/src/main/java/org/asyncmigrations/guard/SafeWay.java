package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes out how a statement of PostgreSQL gets where it wants without blocking anyone. This is advice for the statements that
 * migrations mostly have, and no part of the verdict: what it writes can be given to the guard in its turn.
 */
final class SafeWay {
    private static final List<String> OWN_TRANSACTION =
            List.of("-- give it its own transaction, so that its lock is not held during the statements after it");
    private static final List<String> NONE =
            List.of("-- there is no known way to do this without a lock; do it while nobody uses the table");
    static final String AFTER_RELEASE =
            "-- in a later release, when no instance uses it any more (an after-release migration):";
    static final String BACK_FILL = "-- then set it in the old rows, in short batches (a batch migration)";

    private final ScriptStatement statement;
    private final Observation seen;

    private SafeWay(Observation seen) {
        this.statement = seen.statement();
        this.seen = seen;
    }

    /** {@return lines of SQL and comments; none if the statement is safe as it is, or could not be run} */
    static List<String> of(Observation seen, Verdict verdict, boolean isHeldForOthers) {
        if (!verdict.needsDecision() || seen.failure().isPresent()) {
            return List.of();
        }
        List<String> lines = new SafeWay(seen).lines();
        if (!lines.isEmpty()) {
            return lines;
        } else if (verdict == Verdict.CANNOT_BE_JUDGED) {
            return seen.written().isEmpty()
                    ? List.of()
                    : List.of("-- change the rows in short batches (a batch migration)");
        } else if (verdict == Verdict.BREAKS_OLD_CODE) {
            return List.of(AFTER_RELEASE, end(seen.statement().text()));
        }
        return isHeldForOthers ? OWN_TRANSACTION : NONE;
    }

    private List<String> lines() {
        if (statement.begins("ALTER", "TABLE")) {
            return new AlterTable(statement, seen.newConstraints()).safely();
        } else if (statement.begins("CREATE", "INDEX") || statement.begins("CREATE", "UNIQUE", "INDEX")) {
            return concurrently("INDEX");
        } else if (statement.begins("DROP", "INDEX")) {
            return concurrently("INDEX");
        } else if (statement.begins("REFRESH", "MATERIALIZED", "VIEW")) {
            return concurrently("VIEW", "-- needs a unique index on the view");
        } else if (statement.begins("REINDEX")) {
            return Stream.of("INDEX", "TABLE", "SCHEMA", "DATABASE")
                    .filter(word -> statement.find(word) >= 0)
                    .findFirst()
                    .map(this::concurrently)
                    .orElse(List.of());
        }
        return List.of();
    }

    /** The same statement with one word more; in no transaction. */
    private List<String> concurrently(String behind, String... remarks) {
        int at = statement.find(behind);
        if (statement.find("CONCURRENTLY") >= 0 || at < 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(remarks));
        lines.add("-- outside a transaction");
        Word word = statement.words().get(at);
        lines.add(end(statement.text().substring(0, word.end())
                + " concurrently"
                + statement.text().substring(word.end())));
        return lines;
    }

    static String end(String sql) {
        return sql.replaceAll("\\s+", " ").strip() + ";";
    }
}
