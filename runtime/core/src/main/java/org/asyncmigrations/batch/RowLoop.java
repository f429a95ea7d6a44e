package org.asyncmigrations.batch;

import java.sql.SQLException;

/** Accompanies {@code batch.update} from row to row. Used by one thread. */
interface RowLoop {
    /** Never ends a batch early. */
    RowLoop UNLIMITED = new RowLoop() {};

    /**
     * The rows have been read, and the user's code in Java follows.
     *
     * @throws SQLException if the server refuses
     */
    default void begins() throws SQLException {}

    /**
     * A row has been handled.
     *
     * @throws SQLException if the work was cancelled
     */
    default void handled() throws SQLException {}

    /** {@return whether no further row may begin} */
    default boolean isOver() {
        return false;
    }
}
