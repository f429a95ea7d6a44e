package org.asyncmigrations.state;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.asyncmigrations.database.NotRetried;

/** Turns what a migration threw into what is written down of it. Without state, and so safe for threads. */
public final class Failures {
    /** The wait after the first failed attempt; doubles with each further one. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** The longest wait: a service that comes back is found within minutes. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** What is kept of an error: its causes and the first frames of each fit in. */
    private static final int LENGTH = 4_000;

    private Failures() {}

    /**
     * An attempt that has failed.
     *
     * @param failure what was thrown
     * @param where where it happened, empty for the whole migration
     * @param attempts which attempt it was
     * @param maxAttempts how many there are
     * @return what is written down
     */
    public static AttemptFailure attempt(Throwable failure, String where, int attempts, int maxAttempts) {
        StringWriter text = new StringWriter();
        if (!where.isEmpty()) {
            text.append(where).append(": ");
        }
        failure.printStackTrace(new PrintWriter(text, true));
        return attempt(text.toString(), failure instanceof NotRetried ? maxAttempts : attempts, maxAttempts);
    }

    /**
     * An attempt that has failed, in words.
     *
     * @param error what happened
     * @param attempts which attempt it was
     * @param maxAttempts how many there are
     * @return what is written down
     */
    public static AttemptFailure attempt(String error, int attempts, int maxAttempts) {
        String text = error.substring(0, Math.min(LENGTH, error.length()));
        return new AttemptFailure(text, attempts >= maxAttempts, pause(attempts));
    }

    private static Duration pause(int attempts) {
        long millis = FIRST_PAUSE.toMillis() << Math.min(20, Math.max(0, attempts - 1));
        return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
    }
}
