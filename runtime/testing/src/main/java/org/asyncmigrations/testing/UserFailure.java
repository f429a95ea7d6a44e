package org.asyncmigrations.testing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.asyncmigrations.product.Trouble;

/**
 * A failure of the user's own code or rows, presented as such: first in plain words, with the user's frames, and with the exception
 * as the cause.
 */
final class UserFailure {
    /** The most causes to follow, since they may form a cycle. */
    private static final int CAUSES = 20;

    /** Not the whole package, since this project's own tests and examples are users here. */
    private static final List<String> OURS = List.of(
            "org.asyncmigrations.batch.",
            "org.asyncmigrations.dispatch.",
            "org.asyncmigrations.product.",
            "org.asyncmigrations.session.",
            "org.asyncmigrations.state.",
            "org.asyncmigrations.testing.Bench",
            "org.asyncmigrations.testing.MigrationTests",
            "org.asyncmigrations.testing.NodeConnection",
            "org.asyncmigrations.testing.NodeSource",
            "org.asyncmigrations.testing.Subject");

    private static final String FOREIGN_KEY = "a foreign key is violated";
    private static final String NOT_NULL = "a column may not be null";
    private static final String UNIQUE = "a unique key is violated";

    private UserFailure() {}

    /**
     * A failed test.
     *
     * @param what whose code failed, as in "the constructor of migration 3 (FillPrices)"
     */
    static AssertionError of(String what, Throwable cause) {
        Throwable deepest = deepest(cause);
        StackTraceElement[] frames = users(deepest).length > 0 ? users(deepest) : users(cause);
        String at = frames.length == 0 ? "" : "\n  at " + frames[0];
        AssertionError error = new AssertionError(what + " failed" + words(cause, deepest) + at, cause);
        if (frames.length > 0) {
            error.setStackTrace(frames);
        }
        return error;
    }

    private static String words(Throwable cause, Throwable deepest) {
        SQLException refused = Trouble.sqlException(cause);
        if (refused == null) {
            return ": " + deepest;
        }
        return ", since " + cause(refused) + ": " + refused.getMessage();
    }

    /** MariaDB and MySQL have one SQLSTATE for all constraints; their error codes differ. */
    private static String cause(SQLException refused) {
        return switch (refused.getErrorCode()) {
            case 1216, 1217, 1451, 1452 -> FOREIGN_KEY;
            case 1048, 1364 -> NOT_NULL;
            case 1062 -> UNIQUE;
            default ->
                switch (String.valueOf(refused.getSQLState())) {
                    case "42P01", "42S02", "42S03", "42S04" ->
                        "a table is missing (create it with script(…) or given(…), or check the connection's schema)";
                    case "42703", "42S22" -> "a column is missing (add it in script(…) or given(…))";
                    case "23503", "23506" -> FOREIGN_KEY;
                    case "23502" -> NOT_NULL;
                    case "23505" -> UNIQUE;
                    default -> "the database refused a statement";
                };
        };
    }

    private static Throwable deepest(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < CAUSES; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** {@return the frames from the first one on that is neither the database's nor the library's} */
    private static StackTraceElement[] users(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < frames.length; i++) {
            if (isUsers(frames[i].getClassName())) {
                return Arrays.copyOfRange(frames, i, frames.length);
            }
        }
        return new StackTraceElement[0];
    }

    private static boolean isUsers(String type) {
        return !type.matches(
                        "(java|javax|jdk|sun|com\\.sun|org\\.jooq|org\\.h2|org\\.postgresql|org\\.mariadb|com\\.mysql|com\\.zaxxer"
                                + "|org\\.junit|org\\.opentest4j)\\..*")
                && !isOurs(type);
    }

    private static boolean isOurs(String type) {
        return OURS.stream().anyMatch(type::startsWith);
    }
}
