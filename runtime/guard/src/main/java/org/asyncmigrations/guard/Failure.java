package org.asyncmigrations.guard;

import java.sql.SQLException;

/** Says why a database refused a statement. */
final class Failure {
    /** A null where none may be: in a new column, whatever the rows are. */
    private static final String NULL = "23502";

    private static final String INTEGRITY = "23";
    /** A value that cannot be converted, say. */
    private static final String DATA = "22";

    private static final int MARIADB_SYNTAX = 1064;

    private Failure() {}

    /** Whether rows were in the way that may well be no others' than those that the guard has made. */
    static boolean isOfRows(SQLException refused) {
        return refused.getSQLState() != null
                && (refused.getSQLState().startsWith(INTEGRITY)
                        || refused.getSQLState().startsWith(DATA))
                && !refused.getSQLState().equals(NULL);
    }

    /** Whether a null is where none may be, as in a new column without a default. */
    static boolean isNull(SQLException refused) {
        return NULL.equals(refused.getSQLState());
    }

    static String sentence(SQLException refused) {
        String message = refused.getMessage().strip().replaceAll("\\s+", " ").replaceFirst("^\\(conn=\\d+\\) ", "");
        String state = refused.getSQLState() == null ? "" : refused.getSQLState();
        String what = state.equals("42601") || refused.getErrorCode() == MARIADB_SYNTAX
                ? "it does not parse"
                : "it fails in the throw-away database";
        if (state.equals("0A000") && message.contains("extension") || state.equals("58P01")) {
            what = "it needs an extension that the throw-away database does not have";
        } else if (state.equals(NULL)) {
            what = "it fails on a table that has rows";
        }
        return "%s: %s".formatted(what, message);
    }
}
