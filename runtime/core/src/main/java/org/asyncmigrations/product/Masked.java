package org.asyncmigrations.product;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes failures safe to show, log and store. Removes passwords, which drivers and pools repeat from a JDBC URL, and rows and bind
 * values, which PostgreSQL and its driver repeat. Stateless and thread-safe.
 */
public final class Masked {
    private static final String MASK = "***";

    private static final String WORD = "(?:password|passwd|pwd|passphrase)";

    /** Up to the closing quote, or to the end of the text if it was cut. */
    private static final String QUOTED = "(?:'(?:[^'\\\\]|\\\\.|'')*+'?|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"?)";

    /**
     * {@code password=…} in a URL or properties, {@code "password": …} in JSON or YAML, and names that end in it, such as
     * {@code sslpassword}; not {@code password::text}.
     */
    private static final Pattern PASSWORD = Pattern.compile(
            "(?is)(" + WORD + "[\"'`\\\\]*(?:\\s*=\\s*|\\h*:(?!:)\\h*))(?:" + QUOTED + "|\\{[^}]*}|[^\\s&;,)]+)");

    /** {@code identified by '…'}, {@code password '…'} and {@code password('…')} in SQL. */
    private static final Pattern SQL_PASSWORD =
            Pattern.compile("(?is)((?:\\bidentified\\s+(?:(?:with|via)\\s+\\S+\\s+)?(?:by|as|using)|" + WORD
                    + ")(?:\\s+|\\s*\\(\\s*)[en]?)" + QUOTED);

    /** {@code //user:password@host}; the password may contain any character except those that end this part of a URL. */
    private static final Pattern AUTHORITY = Pattern.compile("(//[^\\s/:@?]*:)[^\\s/?]+(@)");

    /** The whole row that violates a constraint. */
    private static final Pattern ROW = Pattern.compile("(Failing row contains \\().*(\\))", Pattern.DOTALL);

    /** PostgreSQL's driver writes the bind values into the statement of a batch. */
    private static final Pattern BATCH = Pattern.compile("(Batch entry \\d+ ).*?( was aborted)", Pattern.DOTALL);

    /** The most causes to follow, since they may form a cycle. */
    private static final int CAUSES = 20;

    private Masked() {}

    /**
     * Masks a text from elsewhere.
     *
     * @param text such as an exception's message
     * @return the text, with each secret replaced by a mask
     */
    public static String text(String text) {
        String masked = PASSWORD.matcher(text).replaceAll("$1" + MASK);
        masked = SQL_PASSWORD.matcher(masked).replaceAll("$1" + MASK);
        masked = AUTHORITY.matcher(masked).replaceAll("$1" + MASK + "$2");
        masked = ROW.matcher(masked).replaceAll("$1" + MASK + "$2");
        return BATCH.matcher(masked).replaceAll("$1" + MASK + "$2");
    }

    /**
     * Masks a failure for the log.
     *
     * @param failure what was thrown
     * @return the failure itself; if it or one of its causes contains a secret, a masked copy
     */
    public static Throwable failure(Throwable failure) {
        return tells(failure, 0) ? copy(failure, 0) : failure;
    }

    private static boolean tells(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > CAUSES) {
            return false;
        }
        String words = failure.toString();
        if (!words.equals(text(words)) || tells(failure.getCause(), depth + 1)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (tells(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable copy(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        Throwable copy = new Copy(failure, cause == null || depth > CAUSES ? null : copy(cause, depth + 1));
        for (Throwable suppressed : failure.getSuppressed()) {
            if (depth <= CAUSES) {
                copy.addSuppressed(copy(suppressed, depth + 1));
            }
        }
        return copy;
    }

    /** A masked copy of a failure, with the same stack trace. */
    private static final class Copy extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Copy(Throwable of, @Nullable Throwable cause) {
            super(text(String.valueOf(of.getMessage())), cause);
            words = text(of.toString());
            setStackTrace(of.getStackTrace());
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
