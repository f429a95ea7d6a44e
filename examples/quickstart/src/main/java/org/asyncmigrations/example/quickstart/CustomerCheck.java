package org.asyncmigrations.example.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.asyncmigrations.example.quickstart.customer.Customer;
import org.asyncmigrations.example.quickstart.customer.MessyCustomers;
import org.jspecify.annotations.Nullable;

/** One walk over all customers, page by page. Used once. */
final class CustomerCheck {
    /** With pages of this size, the memory stays small on every database. */
    private static final int PAGE = 20_000;

    private static final String SQL =
            "select * from \"customers\" where \"id\" > ? order by \"id\" fetch first " + PAGE + " rows only";

    private final long[] ids;
    private final Map<Long, Customer> written;
    private long last = Long.MIN_VALUE;
    private int seen;
    private long wrong;

    CustomerCheck(long[] ids, Map<Long, Customer> written) {
        this.ids = ids;
        this.written = new HashMap<>(written);
    }

    Check.Result run(Connection connection) throws SQLException {
        try (PreparedStatement page = connection.prepareStatement(SQL)) {
            int before;
            do {
                before = seen;
                page.setLong(1, last);
                read(page);
            } while (seen > before);
        }
        // Missing rows count as wrong: initial customers that weren't read, and customers written by the client that
        // weren't found.
        return new Check.Result(seen, wrong + Math.max(0, ids.length - seen) + written.size());
    }

    private void read(PreparedStatement page) throws SQLException {
        try (ResultSet row = page.executeQuery()) {
            while (row.next()) {
                last = row.getLong("id");
                if (!isRight(row, expected(last))) {
                    wrong++;
                }
                seen++;
            }
        }
    }

    /**
     * {@return the expected customer, null if there should be none} The initial customers come first; the IDs of the client's new
     * customers are higher.
     */
    private @Nullable Customer expected(long id) {
        Customer byClient = written.remove(id);
        if (byClient != null) {
            return byClient;
        }
        return seen < ids.length && ids[seen] == id ? MessyCustomers.of(id, 0) : null;
    }

    private static boolean isRight(ResultSet row, @Nullable Customer expected) throws SQLException {
        return expected != null
                && Objects.equals(row.getString("name"), expected.name())
                && Objects.equals(row.getString("email"), expected.email())
                && Objects.equals(row.getString("phone"), expected.phone())
                && Expectation.isMet(
                        expected,
                        row.getString("email_normalized"),
                        row.getString("phone_e164"),
                        row.getString("phone_source"));
    }
}
