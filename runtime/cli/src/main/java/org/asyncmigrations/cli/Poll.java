package org.asyncmigrations.cli;

import java.util.function.Supplier;
import org.asyncmigrations.MigrationException;

/** Asks the same question again and again. After the first answer, it waits for a database that is away, and reports that once. */
final class Poll {
    /** The time between two questions, so the shown answer is at most this old. A question takes some milliseconds. */
    private static final long MILLIS = 1000;

    private final Terminal terminal;
    private boolean hasAnswered;
    private boolean isAway;

    Poll(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Asks until there is an answer.
     *
     * @param question what to ask
     * @return the answer
     * @throws InterruptedException if the thread is interrupted
     * @throws MigrationException if the very first question fails
     */
    <T> T ask(Supplier<T> question) throws InterruptedException {
        while (true) {
            try {
                T answer = question.get();
                hasAnswered = true;
                isAway = false;
                return answer;
            } catch (MigrationException problem) {
                if (!hasAnswered) {
                    throw problem;
                }
                if (!isAway) {
                    terminal.complain(problem.getMessage() + "; trying again");
                }
                isAway = true;
                pause();
            }
        }
    }

    /** Waits until the next question. */
    void pause() throws InterruptedException {
        Thread.sleep(MILLIS);
    }
}
