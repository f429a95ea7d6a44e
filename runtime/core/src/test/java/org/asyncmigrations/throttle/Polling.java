package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for something that a real server does at its own pace. */
final class Polling {
    private Polling() {}

    /** {@return the first value that matches; fails after a minute} */
    static <T> T until(Callable<T> asked, Predicate<? super T> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        T found = asked.call();
        while (!wanted.test(found)) {
            assertThat(System.nanoTime()).as("still %s", found).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            found = asked.call();
        }
        return found;
    }
}
