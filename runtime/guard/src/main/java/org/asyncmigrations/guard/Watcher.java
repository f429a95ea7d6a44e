package org.asyncmigrations.guard;

import java.sql.SQLException;
import java.util.List;

/** Judges what code sends over a connection, while it sends it. For one migration and one thread. */
interface Watcher {
    /**
     * A statement is about to be sent.
     *
     * @throws SQLException if the database refuses it, as the code would see it
     */
    void sent(ScriptStatement statement, Send send) throws SQLException;

    boolean isAutoCommit();

    void setAutoCommit(boolean isAutoCommit) throws SQLException;

    /** The code ends its transaction. */
    void end(boolean isCommitted) throws SQLException;

    /** {@return what was seen up to the end of the last transaction} */
    List<Judgement> judgements();
}
