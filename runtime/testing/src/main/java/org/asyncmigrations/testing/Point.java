package org.asyncmigrations.testing;

/**
 * A point in a node's communication with the database where it can be stopped.
 *
 * @param kind what is about to be sent
 * @param sql the statement, empty for a commit
 * @param commits whether its effect is visible to everyone once it has returned
 */
record Point(Kind kind, String sql, boolean commits) {
    /** Longer statements are shortened in a test's name. */
    private static final int LONGEST = 60;

    /** What is sent. */
    enum Kind {
        STATEMENT,
        COMMIT
    }

    String shortSql() {
        // On MariaDB, the runtime puts the limits before each statement.
        String line = sql.strip().replaceAll("\\s+", " ").replaceFirst("^set statement .*? for ", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
