package org.asyncmigrations.product;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meaning of PostgreSQL's SQLSTATEs. Stateless and thread-safe. */
final class PostgresTroubles {
    /** SQLSTATE classes of errors about the current row: cardinality, values, constraints, views with a check, exceptions of triggers. */
    private static final Set<String> OF_A_ROW = Set.of("21", "22", "23", "44", "P0");

    /** The server's other classes. A class in neither list was chosen by a trigger, for the current row. */
    private static final Set<String> OTHERS = Set.of(
            "00", "01", "02", "03", "08", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "24", "25", "26", "27",
            "28", "2B", "2D", "2F", "34", "38", "39", "3B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "72",
            "F0", "HV", "XX");

    /** The context that the server adds to an error from RAISE in PL/pgSQL. The message may be in any language. */
    private static final Pattern RAISED = Pattern.compile("(?m)^ *\\S+: PL/pgSQL.* RAISE$");

    private PostgresTroubles() {}

    /** {@return the kind, null if the standard SQLSTATE is enough, or for another product's failure} */
    static @Nullable Trouble of(SQLException failure) {
        String state = failure.getSQLState();
        // This driver sets no vendor code, unlike those of the other products.
        if (state == null || state.length() != 5 || failure.getErrorCode() != 0) {
            return null;
        }
        return switch (state) {
            // A transaction that was idle or open for too long had too much work: a smaller batch takes less time.
            case "57014", "25P03", "25P04" -> Trouble.TIMEOUT;
            case "55P03" -> Trouble.LOCK;
            case "40001", "40P01" -> Trouble.CONFLICT;
            case "25006" -> Trouble.CONNECTION;
            default -> ofWords(state, String.valueOf(failure.getMessage()));
        };
    }

    private static @Nullable Trouble ofWords(String state, String message) {
        // The prepared plan is for an earlier shape of the table; the driver then prepares the statement again.
        if (state.equals("0A000") && message.contains("cached plan")) {
            return Trouble.CONFLICT;
        }
        // A trigger may use the code of a lost connection.
        if (RAISED.matcher(message).find()) {
            return Trouble.DATA;
        }
        if (state.startsWith("57P")) {
            return Trouble.CONNECTION;
        }
        String sqlClass = state.substring(0, 2);
        return OF_A_ROW.contains(sqlClass) || !OTHERS.contains(sqlClass) ? Trouble.DATA : null;
    }
}
