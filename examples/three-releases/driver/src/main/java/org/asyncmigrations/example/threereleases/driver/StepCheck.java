package org.asyncmigrations.example.threereleases.driver;

import java.util.List;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again, as long as the table has both the old and the new columns, whether they say the same in all rows. Any thread
 * may read the counts.
 */
final class StepCheck implements AutoCloseable {
    private static final List<String> BOTH_SIDES = List.of("name", "first_name", "last_name");

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Tables tables;
    private final Migrations migrations;
    private final Thread thread = new Thread(this::watch, "step check");
    private boolean closed;
    private volatile long looks;
    private volatile long outOfStep;
    private volatile @Nullable RuntimeException failure;

    StepCheck(Tables tables, Migrations migrations) {
        this.tables = tables;
        this.migrations = migrations;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return how often all rows were compared} */
    long looks() {
        return looks;
    }

    /**
     * {@return how many rows out of step were seen, over all looks}
     *
     * @throws IllegalStateException if a look failed
     */
    long outOfStep() {
        if (failure != null) {
            throw new IllegalStateException("the rows were not compared to the end", failure);
        }
        return outOfStep;
    }

    private synchronized void watch() {
        try {
            while (!closed) {
                look(migrations.isDone("FillCustomerNames"));
                wait(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void look(boolean filled) {
        if (!tables.columns().containsAll(BOTH_SIDES)) {
            return;
        }
        try {
            outOfStep += tables.outOfStep(filled);
            looks++;
        } catch (DataAccessException failure) {
            if (tables.columns().containsAll(BOTH_SIDES)) {
                throw failure;
            }
            // One of them was dropped since.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
