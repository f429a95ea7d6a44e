package org.asyncmigrations.example.shop.demo;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a condition by polling it. */
final class Wait {
    private Wait() {}

    static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
