package org.asyncmigrations.batch;

import java.sql.SQLException;

/** Goes along with {@code batch.update} from row to row. Used by one thread. */
interface RowLoop {
    /** Lets every batch come to its end. */
    RowLoop UNLIMITED = new RowLoop() {};

    /**
     * Says that the rows have been read, and that code in Java follows.
     *
     * @throws SQLException when the server refuses
     */
    default void begins() throws SQLException {}

    /**
     * Says that a row has been handled.
     *
     * @throws SQLException when the work was cancelled
     */
    default void handled() throws SQLException {}

    /** {@return whether no further row may begin} */
    default boolean isOver() {
        return false;
    }
}
