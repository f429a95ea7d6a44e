package org.asyncmigrations.testing;

/**
 * A place in a node's talk with the database where it can be stopped.
 *
 * @param kind what is about to be sent
 * @param sql the statement, empty for a commit
 * @param commits whether what it does is there for all to see once it has returned
 */
record Point(Kind kind, String sql, boolean commits) {
    /** Longer statements are cut for a test's name. */
    private static final int LONGEST = 60;

    /** What is sent. */
    enum Kind {
        STATEMENT,
        COMMIT
    }

    String shortSql() {
        // On MariaDB the runtime gives each statement its limits by words before it.
        String line = sql.strip().replaceAll("\\s+", " ").replaceFirst("^set statement .*? for ", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
