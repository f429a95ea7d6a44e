package org.asyncmigrations.product;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of failures, which decide how the work continues. */
public enum Trouble {
    /** The connection or the server: try again later with a new connection; no attempt is used up. */
    CONNECTION,
    /** The disk, a tablespace, the memory or another resource of the server is full: try again later; no attempt is used up. */
    FULL,
    /** A statement timed out: use a smaller batch. */
    TIMEOUT,
    /** Another session holds a lock that we need: roll back, and try again later; no attempt is used up. */
    LOCK,
    /** A deadlock or a serialization failure: repeat the whole transaction; no attempt is used up. */
    CONFLICT,
    /** A row that can't be changed: a wrong value, a violated constraint, an exception from a trigger. */
    DATA,
    /** Anything else, including the migration's own exceptions: the attempt has failed. */
    ATTEMPT;

    /** A missing table: PostgreSQL; MariaDB and MySQL; H2, and H2 if it suggests another name. */
    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    /** A missing column, schema or right. */
    private static final Set<String> MISSING = Set.of("42703", "42S22", "3F000", "42501");

    /** The same as error codes of MariaDB, MySQL and H2: unknown database, no right to a table or a column, schema, right. */
    private static final Set<Integer> MISSING_BY_CODE = Set.of(1049, 1142, 1143, 90079, 90096);

    /** MariaDB's and MySQL's codes for a full disk, and for a full table, tablespace or temporary table. */
    private static final Set<Integer> FULL_DISK = Set.of(1021, 1114);

    /** Their codes for a problem with a file: creating, writing, extending it; the first is from their client library. */
    private static final Set<Integer> FILE = Set.of(3, 1004, 1005, 1026, 1030);

    /** The SQLSTATE classes of the standard, the servers and their drivers. */
    private static final Set<String> CLASSES = Set.of(
            "00", "01", "02", "03", "04", "05", "07", "08", "09", "0A", "0B", "0D", "0E", "0F", "0K", "0L", "0N", "0P",
            "0S", "0T", "0U", "0V", "0W", "0X", "0Y", "0Z", "10", "20", "21", "22", "23", "24", "25", "26", "27", "28",
            "2B", "2C", "2D", "2E", "2F", "2H", "30", "33", "34", "35", "36", "38", "39", "3B", "3C", "3D", "3F", "40",
            "42", "44", "46", "51", "53", "54", "55", "56", "57", "58", "60", "70", "72", "90", "99", "F0", "HV", "HW",
            "HY", "HZ", "IM", "P0", "S0", "S1", "X0", "XA", "XX");

    private static final Pattern NO_SPACE = Pattern.compile("(?i)(?:error|errcode:|errno:) 28\\b");

    /** What MariaDB's driver puts before each message. */
    private static final Pattern CONNECTION_NUMBER = Pattern.compile("\\(conn=\\d+\\) ");

    /** PostgreSQL's codes for a prepared statement that this session doesn't have, or already has. */
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("26000", "42P05");

    /** PostgreSQL's words, with the code for a missing right. */
    private static final String POLICY = "row-level security policy";

    private static final String HIDDEN_ROWS =
            "rows that a policy hides would not be changed, so the migration stops instead of leaving them out"
                    + " silently: let the migrations connect as a role with BYPASSRLS, or as the table's owner if the"
                    + " table does not force its policies; a migration that should see only what the policy shows runs"
                    + " \"set local row_security = on\" first";

    private static final String POOLER =
            "a pooler seems to give each transaction another session, in which the prepared statement is missing or"
                    + " another one: add prepareThreshold=0 to the JDBC URL, or let the pooler keep prepared statements"
                    + " (pgbouncer from 1.21 on: max_prepared_statements)";

    /**
     * The kind of a failure, by the first database exception among its causes.
     *
     * @param failure anything thrown
     * @return its kind
     */
    public static Trouble of(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause == null ? ATTEMPT : of(cause);
    }

    /**
     * Whether a statement failed because a table doesn't exist.
     *
     * @param failure anything thrown
     * @return true for a missing table
     */
    public static boolean isMissingTable(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause != null && MISSING_TABLE.contains(String.valueOf(cause.getSQLState()));
    }

    /**
     * Whether a statement failed because of something that a release or a grant may add soon: a table, a column, a schema, a right.
     *
     * @param failure anything thrown
     * @return true if something is missing that may be added
     */
    public static boolean mayCome(Throwable failure) {
        SQLException cause = sqlException(failure);
        return cause != null
                && (isMissingTable(cause)
                        || MISSING.contains(String.valueOf(cause.getSQLState()))
                        || MISSING_BY_CODE.contains(cause.getErrorCode()));
    }

    /**
     * Whether the server accepts no changes: it is a replica, or set to read-only.
     *
     * @param failure anything thrown
     * @return true for a read-only server or database
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
        // Causes may form a cycle. No real failure is this deep.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof SQLException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /**
     * Why the server refuses this user, or has no such database: problems that don't end soon on their own.
     *
     * @param failure anything thrown
     * @return the deepest such exception among its causes, null for none: a pool repeats the code but not the message
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
     * A failure in words: its message and those of its causes, which a pool's own message omits.
     *
     * @param failure anything thrown
     * @return the messages, without repetitions and without the connection's number, so that the same failure has the same words
     */
    public static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            String message = CONNECTION_NUMBER
                    .matcher(Masked.text(String.valueOf(cause.getMessage())))
                    .replaceAll("");
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
     * What a {@link #FULL} server has run out of.
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
                + "; the work waits for free space, and no attempt is used up";
    }

    /**
     * What to do about a failure whose own message doesn't say it.
     *
     * @param failure anything thrown
     * @return a sentence, null for none
     */
    public static @Nullable String advice(Throwable failure) {
        SQLException cause = sqlException(failure);
        if (cause == null) {
            return null;
        }
        boolean isPolicy = "42501".equals(cause.getSQLState())
                && String.valueOf(cause.getMessage()).contains(POLICY);
        return isPolicy
                ? HIDDEN_ROWS
                : PREPARED_ELSEWHERE.contains(String.valueOf(cause.getSQLState())) ? POOLER : null;
    }

    /** MariaDB and MySQL put the operating system's error 28, no space, into various errors. */
    private static boolean isFullFile(SQLException failure) {
        return FILE.contains(failure.getErrorCode())
                && NO_SPACE.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        // MariaDB: access denied, unknown database, another user's session, no right to a table or column. H2: no
        // such database, not allowed to create it, no right.
        return state.startsWith("28")
                || Set.of("3D000", "42501").contains(state)
                || Set.of(1044, 1045, 1049, 1095, 1142, 1143, 90146, 90149, 90013, 90096)
                        .contains(failure.getErrorCode());
    }

    private static Trouble of(SQLException failure) {
        if (isFullFile(failure)) {
            return FULL;
        }
        if (isChosen(failure.getSQLState())) {
            return DATA;
        }
        // The server's own code has precedence over the driver's exception class, which depends on the SQLSTATE, and
        // a trigger may choose that.
        Trouble known = Products.trouble(failure);
        if (known != null) {
            return known;
        }
        if (failure instanceof SQLTimeoutException) {
            // MySQL's driver ends the statement itself, and sets neither a code nor an SQLSTATE.
            return TIMEOUT;
        }
        if (failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException) {
            return CONNECTION;
        }
        Trouble byState = ofClass(failure.getSQLState());
        return byState == ATTEMPT && failure instanceof SQLTimeoutException ? TIMEOUT : byState;
    }

    private static Trouble ofClass(@Nullable String state) {
        String sqlClass = state == null ? "" : state.substring(0, Math.min(2, state.length()));
        return switch (sqlClass) {
            case "08", "28" -> CONNECTION;
            case "40" -> CONFLICT;
            case "53" -> FULL;
            case "21", "22", "23", "44" -> DATA;
            default -> ATTEMPT;
        };
    }

    /** A class that neither the standard nor a server uses was chosen by a trigger or a procedure, for the current row. */
    private static boolean isChosen(@Nullable String state) {
        return state != null && state.length() == 5 && !CLASSES.contains(state.substring(0, 2));
    }
}
