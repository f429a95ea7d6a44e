package org.asyncmigrations.session;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does something on a thread that no transaction is bound to, and waits for it. Without state, and so safe for threads. */
final class OtherThread {
    private OtherThread() {}

    static <T> T call(Callable<T> what) throws SQLException {
        FutureTask<T> task = new FutureTask<>(what);
        Thread thread = new Thread(task, "async-migrations-connection");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException later) {
                    // What is borrowed there would be lost: a pool has a time-out of its own.
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            Throwable failure = failed.getCause();
            if (failure instanceof SQLException known) {
                throw known;
            }
            if (failure instanceof RuntimeException known) {
                throw known;
            }
            throw new SQLException("a connection could not be borrowed", "08001", failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
