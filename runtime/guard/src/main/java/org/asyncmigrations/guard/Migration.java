package org.asyncmigrations.guard;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One migration of a tool.
 *
 * @param isReleased whether it only makes the schema for those behind it
 */
record Migration(boolean isReleased, Content content) {
    /** What there is to run. */
    sealed interface Content {}

    /**
     * SQL.
     *
     * @param setUp what the tool sends before, such as a search_path; not judged
     * @param inOneTransaction whether the tool runs it in one transaction, where the database can
     */
    record Script(List<String> setUp, List<ScriptStatement> statements, boolean inOneTransaction) implements Content {}

    /**
     * Code, which can only be run and watched.
     *
     * @param whole stands for it where no statement does
     * @param place finds the file and the line of a statement that it sends; empty for what only the tool wants to know
     * @param inTransaction whether the tool begins a transaction for it
     */
    record Code(
            List<String> setUp,
            ScriptStatement whole,
            Function<ScriptStatement, Optional<ScriptStatement>> place,
            boolean inTransaction,
            Body body)
            implements Content {}

    /** What can be neither read nor run. */
    record Unreadable(ScriptStatement whole, String reason) implements Content {}

    /** What code does. */
    interface Body {
        void run(Connection connection) throws Exception;
    }
}
