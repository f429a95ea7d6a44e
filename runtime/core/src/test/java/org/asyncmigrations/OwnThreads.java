package org.asyncmigrations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** A thread for each task: from JDK 25 on, the common pool of a machine with two cores has one, and a task that waits holds up the next. */
public final class OwnThreads implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs cases that mostly wait side by side, to the end of each; fails if one of them has. */
    public static void runAll(List<? extends Callable<Void>> cases) throws Exception {
        List<FutureTask<Void>> running = new ArrayList<>();
        for (Callable<Void> one : cases) {
            FutureTask<Void> task = new FutureTask<>(one);
            running.add(task);
            new OwnThreads().execute(task);
        }
        AssertionError failed = new AssertionError("of cases that ran side by side");
        for (FutureTask<Void> task : running) {
            try {
                task.get();
            } catch (ExecutionException problem) {
                failed.addSuppressed(problem.getCause());
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
