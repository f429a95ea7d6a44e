package org.asyncmigrations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * One thread for each task. From JDK 25 on, the common pool has only one thread on a machine with two cores, so a task that waits
 * would hold up the next.
 */
public final class OwnThreads implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs cases at the same time, since they mostly wait. Runs each to its end, and fails if any has failed. */
    public static void runAll(List<? extends Callable<Void>> cases) throws Exception {
        List<FutureTask<Void>> running = new ArrayList<>();
        for (Callable<Void> one : cases) {
            FutureTask<Void> task = new FutureTask<>(one);
            running.add(task);
            new OwnThreads().execute(task);
        }
        List<Throwable> failures = new ArrayList<>();
        for (FutureTask<Void> task : running) {
            try {
                task.get();
            } catch (ExecutionException problem) {
                failures.add(problem.getCause());
            }
        }
        if (!failures.isEmpty()) {
            AssertionError failed = new AssertionError("of cases that ran side by side: " + failures);
            failures.forEach(failed::addSuppressed);
            throw failed;
        }
    }
}
