package org.asyncmigrations.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.product.Trouble;
import org.jspecify.annotations.Nullable;

/** Turns an exception from a migration into the text that is stored. Stateless and thread-safe. */
public final class Failures {
    /** The pause after the first failed attempt. It doubles with each further one. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** The growth of the pauses while a table, a column or a right is missing: four of them give a deploy or a grant four minutes. */
    private static final int UNTIL_IT_COMES = 6;

    /** Packages that the user's code calls. */
    private static final List<String> CALLED = List.of("java.", "jdk.", "sun.", "org.jooq.");

    /** Packages that call the user's code. */
    private static final List<String> CALLERS =
            List.of("org.asyncmigrations.batch.", "org.asyncmigrations.dispatch.", "org.asyncmigrations.session.");

    /** The longest pause: work continues within minutes after the cause is gone. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** The longest stored error: its causes and the first frames of each fit in. */
    private static final int LENGTH = 4_000;

    /** The longest message of one exception. Long ones are cut in the middle, since the database's words may follow a long statement. */
    private static final int WORDS = 1_500;

    /** Frames of each exception: enough to find the place, with room left for the causes, which say most. */
    private static final int FRAMES = 8;

    /** The most causes to follow, since they may form a cycle. */
    private static final int CAUSES = 10;

    private Failures() {}

    /**
     * A failed attempt.
     *
     * @param failure what was thrown
     * @param where the place, empty for the whole migration
     * @param attempts the number of the attempt
     * @param maxAttempts how many there are
     * @return what is stored
     */
    public static AttemptFailure attempt(Throwable failure, String where, int attempts, int maxAttempts) {
        StringBuilder text = new StringBuilder(where.isEmpty() ? "" : where + ": ");
        text.append(cause(failure)).append('\n');
        Throwable cause = failure instanceof NotRetried ? failure.getCause() : failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            text.append(cause == failure ? "" : "Caused by: ")
                    .append(words(cause))
                    .append('\n');
            text.append(frames(cause));
            cause = cause.getCause();
        }
        boolean isLast = attempts >= maxAttempts || isNotRetried(failure);
        return new AttemptFailure(
                stored(text.toString()),
                attempts,
                isLast,
                pause(attempts, Trouble.mayCome(failure) ? UNTIL_IT_COMES : 2));
    }

    /**
     * Why something failed, in one line: the database's words, or the deepest exception and the line of the user's code that it
     * came from.
     *
     * @param failure what was thrown
     * @return the line, without secrets
     */
    public static String cause(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (isOurs(cause)) {
                // Our own messages are complete, and may quote lines of others.
                return inOneLine(String.valueOf(cause.getMessage()));
            }
            cause = cause.getCause();
        }
        SQLException said = Trouble.sqlException(failure);
        String advice = Trouble.advice(failure);
        return (said == null ? thrown(first(failure)) : said(said)) + (advice == null ? "" : "; " + advice);
    }

    /** Whether the message is ours, and not copied from a nested exception. */
    private static boolean isOurs(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof NotRetried
                || message != null
                        && CALLERS.stream().anyMatch(failure.getClass().getName()::startsWith)
                        && !message.equals(String.valueOf(failure.getCause()));
    }

    private static String thrown(Throwable failure) {
        String words = firstLine(failure.getMessage());
        return failure.getClass().getSimpleName() + (words.isEmpty() ? "" : ": " + words) + place(failure);
    }

    private static String said(SQLException failure) {
        String words = firstLine(failure.getMessage());
        return words.isEmpty() ? failure.getClass().getSimpleName() + ", SQLSTATE " + failure.getSQLState() : words;
    }

    private static Throwable first(Throwable failure) {
        Throwable first = failure;
        for (int depth = 0; first.getCause() != null && depth < CAUSES; depth++) {
            first = first.getCause();
        }
        return first;
    }

    private static String firstLine(@Nullable String text) {
        // H2 adds the statement below its message.
        return text == null
                ? ""
                : Masked.text(text.strip()).lines().findFirst().orElse("").replaceFirst("; SQL statement:$", "");
    }

    private static String inOneLine(String text) {
        return Masked.text(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** {@return the line of the user's code, empty if it isn't in the trace} */
    private static String place(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .takeWhile(frame -> CALLERS.stream().noneMatch(frame.getClassName()::startsWith))
                .filter(frame -> CALLED.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    /**
     * A failed attempt with a given error.
     *
     * @param error what happened
     * @param attempts the number of the attempt
     * @param maxAttempts how many there are
     * @return what is stored
     */
    public static AttemptFailure attempt(String error, int attempts, int maxAttempts) {
        return new AttemptFailure(stored(error), attempts, attempts >= maxAttempts, pause(attempts, 2));
    }

    /** PostgreSQL can't store NUL in a text. */
    private static String stored(String error) {
        return cut(error.replace('\0', ' '), LENGTH);
    }

    /**
     * The number of the attempt, for the log.
     *
     * @param failure what is stored
     * @param maxAttempts how many there are
     * @return a phrase that also says whether another one follows
     */
    public static String count(AttemptFailure failure, int maxAttempts) {
        String which = "attempt " + failure.attempt() + " of " + maxAttempts;
        if (!failure.isLast()) {
            return which + ", the next in " + failure.pause().toSeconds() + " s";
        }
        return failure.attempt() >= maxAttempts
                ? which
                : which + ", and there is no other attempt: the same code would fail again";
    }

    /**
     * The end of a migration whose workers all lost their claims; each successor counted the attempt.
     *
     * @param lastReason why the last worker lost its claim, null if that wasn't recorded
     * @param where the place of the workers, empty for the whole migration
     * @param attempts how many there were
     * @param maxAttempts how many there are
     * @return what is stored
     */
    public static AttemptFailure lostWorkers(@Nullable String lastReason, String where, int attempts, int maxAttempts) {
        String at = where.isEmpty() ? "" : " " + where;
        String error = lastReason == null
                ? "the process of each of " + maxAttempts + " workers ended" + at
                        + " without recording an error; look for kills and memory errors in their logs"
                : "each of " + maxAttempts + " workers held its claim until it expired" + at + "; the last one because "
                        + lastReason;
        return attempt(error, attempts, maxAttempts);
    }

    /** Follows the causes, since jOOQ and this library wrap exceptions. */
    private static boolean isNotRetried(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof NotRetried) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String words(Throwable failure) {
        // Our own messages are complete; the class name would only distract in a table.
        String all = failure instanceof NotRetried ? String.valueOf(failure.getMessage()) : failure.toString();
        String words = Masked.text(all);
        return words.length() <= WORDS
                ? words
                : cut(words, WORDS / 2) + " … " + words.substring(words.length() - WORDS / 2);
    }

    private static String frames(Throwable failure) {
        if (failure instanceof NotRetried) {
            return "";
        }
        StackTraceElement[] frames = failure.getStackTrace();
        return Arrays.stream(frames)
                        .limit(FRAMES)
                        .map(frame -> "\tat " + frame + "\n")
                        .collect(Collectors.joining())
                + (frames.length > FRAMES ? "\t… " + (frames.length - FRAMES) + " more\n" : "");
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static Duration pause(int attempts, int factor) {
        double millis = FIRST_PAUSE.toMillis() * Math.pow(factor, Math.max(0, attempts - 1));
        return Duration.ofMillis(Math.min((long) millis, LONGEST_PAUSE.toMillis()));
    }
}
