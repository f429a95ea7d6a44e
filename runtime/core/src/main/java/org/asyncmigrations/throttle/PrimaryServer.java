package org.asyncmigrations.throttle;

import java.sql.SQLException;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Products;
import org.asyncmigrations.product.Trouble;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;

/** What a PostgreSQL server says about itself to the sessions that write there. */
final class PrimaryServer {
    private PrimaryServer() {}

    /**
     * Reads in one statement only, because an error would end the transaction for the throttles that read after this one.
     *
     * @param elsewhere what isn't so on other databases, after the database's name
     * @throws UnreadableException if the database is another one, or refuses the statement
     */
    static Result<Record> read(ThrottleRun run, String query, String elsewhere) throws UnreadableException {
        Product product = run.dsl().connectionResult(Products::said);
        if (product.replication() != Product.Replication.LOG_POSITIONS) {
            throw new UnreadableException(product.name() + elsewhere);
        }
        try {
            return run.dsl().fetch(query);
        } catch (DataAccessException failure) {
            SQLException cause = Trouble.sqlException(failure);
            if (cause != null && isRefusal(cause)) {
                throw new UnreadableException(Trouble.words(cause));
            }
            throw failure;
        }
    }

    /** Whether a view or function is missing, not allowed or not supported, as on some services. */
    private static boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("42") || state.startsWith("0A");
    }
}
