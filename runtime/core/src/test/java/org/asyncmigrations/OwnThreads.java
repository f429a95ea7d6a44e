package org.asyncmigrations;

import java.util.concurrent.Executor;

/** A thread for each task: from JDK 25 on, the common pool of a machine with two cores has one, and a task that waits holds up the next. */
public final class OwnThreads implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
