package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.session.UserWork;

/**
 * The rows of a batch in a walk. No row is interrupted, but none begins once the batch's time is up or the walk has to end.
 *
 * @param work the transaction
 * @param thinkTime how long one row may take
 * @param alive is called after each row
 * @param over whether no further row may begin
 */
record TimedRowLoop(UserWork work, Duration thinkTime, Runnable alive, BooleanSupplier over) implements RowLoop {
    @Override
    public void begins() throws SQLException {
        work.mayThinkFor(thinkTime);
    }

    @Override
    public void handled() throws SQLException {
        alive.run();
        work.requireNotCancelled();
    }

    @Override
    public boolean isOver() {
        return over.getAsBoolean();
    }
}
