package org.asyncmigrations.session;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code on a thread to which no transaction is bound, and waits for it. Stateless and thread-safe. */
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
                    // An interrupt doesn't end the wait, since a connection borrowed there would be lost. The pool's
                    // own timeout ends it.
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
