package org.asyncmigrations.benchmarks.backfill.way;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Does the same with several things, each in its own thread. */
final class SideBySide {
    private SideBySide() {}

    /** The action for one of them. */
    @FunctionalInterface
    interface Action<T> {
        void run(T thing) throws Exception;
    }

    /** Returns when all are done; throws an exception that one of them throws. */
    static <T> void run(List<T> things, Action<T> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(things.size());
        try {
            List<Callable<Void>> calls = things.stream()
                    .<Callable<Void>>map(thing -> () -> {
                        action.run(thing);
                        return null;
                    })
                    .collect(Collectors.toList());
            for (Future<Void> ended : threads.invokeAll(calls)) {
                ended.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
