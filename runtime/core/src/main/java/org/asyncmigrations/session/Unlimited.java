package org.asyncmigrations.session;

import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Removes the row limit that a pool or a driver sets from our own statements. Stateless and thread-safe. */
final class Unlimited implements ExecuteListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void executeStart(ExecuteContext context) {
        Statement statement = context.statement();
        try {
            if (statement != null) {
                statement.setMaxRows(0);
            }
        } catch (SQLException refused) {
            context.sqlException(refused);
        }
    }
}
