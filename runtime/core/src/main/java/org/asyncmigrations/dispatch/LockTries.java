package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;

/** How often a statement of a schema change has not got its lock, and how long it waits before the next try. Used by one thread. */
final class LockTries {
    /** With growing waits four minutes: a report or a dump is over, or somebody has to look. */
    static final int MOST = 30;

    /** So that whoever queued behind the try has gone. */
    private static final Duration FIRST = Duration.ofMillis(200);

    /** The longest wait, as a multiple of the first. */
    private static final int LONGEST = 50;

    private final Duration first;
    private int tries;

    /**
     * No try has failed.
     *
     * @param most the longest first wait
     */
    LockTries(Duration most) {
        this.first = most.compareTo(FIRST) < 0 ? most : FIRST;
    }

    /** A wait before the next try. */
    record Pause(int tries, Duration time) {
        boolean isFirst() {
            return tries == 1;
        }

        String words() {
            return "try " + tries + " of " + MOST;
        }
    }

    /**
     * A try has failed.
     *
     * @return the wait before the next one, with a random share
     * @throws MigrationException when that was the last one
     */
    Pause next(MigrationEntry entry, Exception failure) {
        tries++;
        if (tries >= MOST) {
            MigrationException given = new MigrationException(
                    entry.version(),
                    entry + " gave up after " + MOST
                            + " tries, because other sessions held the lock that it needs for more"
                            + " than " + SchemaRun.LOCK.toMillis()
                            + " ms each time; end these sessions, or call retry() at a quieter time",
                    null);
            given.addSuppressed(failure);
            throw given;
        }
        long millis = Math.min(first.toMillis() << Math.min(tries - 1, 10), first.toMillis() * LONGEST);
        return new Pause(
                tries,
                Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1)));
    }

    /** The lock was got. {@return whether a try had failed before} */
    boolean reset() {
        boolean hadFailed = tries > 0;
        tries = 0;
        return hadFailed;
    }
}
