package org.asyncmigrations.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What kind of failure an exception is, which says what is done about it. Immutable, and so safe for threads. */
public enum Trouble {
    /** The connection or the server: a new connection, after a while; no attempt is used up. */
    CONNECTION,
    /** The disk, a tablespace, the memory or another of the server's resources is full: after a while; no attempt is used up. */
    FULL,
    /** A statement ran out of time: a smaller batch. */
    TIMEOUT,
    /** Somebody holds a lock that we want: give way, and try again after a while; no attempt is used up. */
    LOCK,
    /** A deadlock or a serialization failure: the whole transaction again; no attempt is used up. */
    CONFLICT,
    /** A row that cannot be changed: a wrong value, a violated constraint, an exception raised by a trigger. */
    DATA,
    /** Anything else, the migration's own exceptions included: the attempt has failed. */
    ATTEMPT;

    /** A table that is not there: PostgreSQL; MariaDB and MySQL; H2, and H2 where it suggests another. */
    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    /** MariaDB's and MySQL's codes for a disk, and for a table, a tablespace or a temporary table, that is full. */
    private static final Set<Integer> FULL_DISK = Set.of(1021, 1114);

    /** Theirs for trouble with a file: made, written, extended; the first is of their client library's kind. */
    private static final Set<Integer> FILE = Set.of(3, 1004, 1005, 1026, 1030);

    private static final Pattern NO_SPACE = Pattern.compile("(?i)(?:error|errcode:|errno:) 28\\b");

    /** PostgreSQL's for a prepared statement that this session does not have, or has already. */
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("26000", "42P05");

    private static final String POOLER =
            "it seems that a pooler lends each transaction another session, where a prepared"
                    + " statement is another one or none: add prepareThreshold=0 to the JDBC URL, or let the pooler keep prepared"
                    + " statements (pgbouncer from 1.21 on: max_prepared_statements)";

    /**
     * The kind of a failure, by the first exception of the database's in its causes.
     *
     * @param failure anything thrown
     * @return its kind
     */
    public static Trouble of(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause == null ? ATTEMPT : of(cause);
    }

    /**
     * Whether a statement failed because a table is not there.
     *
     * @param failure anything thrown
     * @return true for a missing table
     */
    public static boolean isMissingTable(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause != null && MISSING_TABLE.contains(String.valueOf(cause.getSQLState()));
    }

    /**
     * Whether the server takes no changes at all: a replica, or one that was told to.
     *
     * @param failure anything thrown
     * @return true for a server, or a database, that can only be read
     */
    public static boolean isReadOnly(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause != null
                && ("25006".equals(cause.getSQLState())
                        || Set.of(1290, 1836, 90097).contains(cause.getErrorCode()));
    }

    /**
     * The database's exception in a failure.
     *
     * @param failure anything thrown
     * @return the first one among its causes, null for none
     */
    public static @Nullable SQLException sqlException(Throwable failure) {
        Throwable cause = failure;
        // Causes may form a ring, which no sane failure is deep enough to be mistaken for.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof SQLException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /**
     * Why the server refuses this user, or has no such database: nothing that passes by itself soon.
     *
     * @param failure anything thrown
     * @return the deepest exception among its causes that says so, null for none: a pool repeats the code but not the words
     */
    public static @Nullable SQLException refusal(Throwable failure) {
        SQLException refusal = null;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof SQLException found && isRefusal(found)) {
                refusal = found;
            }
            cause = cause.getCause();
        }
        return refusal;
    }

    /**
     * A failure in words: its message and those of its causes, which a pool's own message leaves out.
     *
     * @param failure anything thrown
     * @return the messages, none twice
     */
    public static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            String message = Masked.text(String.valueOf(cause.getMessage()));
            if (words.indexOf(message) < 0) {
                words.append(words.isEmpty() ? "" : ": ").append(message);
            }
            cause = cause.getCause();
        }
        String advice = advice(failure);
        return advice == null
                ? words.toString()
                : words.append("; ").append(advice).toString();
    }

    /**
     * Says of a {@link #FULL} server what it lacks.
     *
     * @param failure what was thrown
     * @return a sentence for people
     */
    public static String lack(Throwable failure) {
        SQLException cause = sqlException(failure);
        boolean isDisk = cause != null && (FULL_DISK.contains(cause.getErrorCode()) || isFullFile(cause));
        return (isDisk || cause != null && "53100".equals(cause.getSQLState())
                        ? "the database's disk is full, or a table has reached its limit"
                        : "the database has run out of a resource")
                + ": " + words(cause == null ? failure : cause)
                + "; the work waits for room, and no attempt is used up";
    }

    /**
     * What to do about a failure whose own words do not say so.
     *
     * @param failure anything thrown
     * @return a sentence, null for nothing
     */
    public static @Nullable String advice(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause != null && PREPARED_ELSEWHERE.contains(String.valueOf(cause.getSQLState())) ? POOLER : null;
    }

    /** MariaDB and MySQL name the operating system's error 28, for no space, within errors that are about anything. */
    private static boolean isFullFile(SQLException failure) {
        return FILE.contains(failure.getErrorCode())
                && NO_SPACE.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        // MariaDB: access denied, unknown database, another user's session, no right to a table or column; H2: no such
        // database, and where it may not be made, no right.
        return state.startsWith("28")
                || Set.of("3D000", "42501").contains(state)
                || Set.of(1044, 1045, 1049, 1095, 1142, 1143, 90146, 90149, 90013, 90096)
                        .contains(failure.getErrorCode());
    }

    private static Trouble of(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException) {
            return CONNECTION;
        }
        Trouble known = isFullFile(failure) ? FULL : ofCode(failure.getErrorCode());
        return known != null ? known : ofState(String.valueOf(failure.getSQLState()));
    }

    /** MariaDB, MySQL and H2 say some things by their error codes alone; PostgreSQL's driver gives none. */
    private static @Nullable Trouble ofCode(int code) {
        return switch (code) {
            case 1205, 3572, 50200 -> LOCK;
            case 1213, 1020, 90131, 40001 -> CONFLICT;
            case 1969, 3024, 1317, 57014 -> TIMEOUT;
            case 1290, 1836, 90097, 90098, 90121, 90067 -> CONNECTION;
            case 1644 -> DATA;
            // Disk and table; memory; connections, in all and of one user.
            case 1021, 1114, 1037, 1041, 1040, 1203, 1226 -> FULL;
            default -> null;
        };
    }

    private static Trouble ofState(String state) {
        return switch (state) {
            // A transaction that was idle or open for too long had too much to do: fewer rows take less time.
            case "57014", "25P03", "25P04" -> TIMEOUT;
            case "55P03" -> LOCK;
            case "40001", "40P01" -> CONFLICT;
            case "25006" -> CONNECTION;
            case "P0001" -> DATA;
            default -> ofClass(state.length() < 2 ? "" : state.substring(0, 2), state);
        };
    }

    private static Trouble ofClass(String sqlClass, String state) {
        return switch (sqlClass) {
            case "08", "28" -> CONNECTION;
            case "53" -> FULL;
            case "57" -> state.startsWith("57P") ? CONNECTION : ATTEMPT;
            case "22", "23" -> DATA;
            default -> ATTEMPT;
        };
    }
}
