package org.asyncmigrations.example.quickstart;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.asyncmigrations.example.quickstart.customer.Customer;

/**
 * Reads every row in plain JDBC and compares it with the expected values: those of the initial data or of the live client's last
 * write, and the new columns that follow from them. So it detects changes that were forgotten, done twice, or that overwrote the
 * client's.
 */
final class Check {
    /** How many rows were checked, and how many of them are wrong. */
    record Result(long rows, long wrong) {
        Result and(Result other) {
            return new Result(rows + other.rows, wrong + other.wrong);
        }
    }

    private Check() {}

    static Result run(DataSource dataSource, long[] ids, Map<Long, Customer> written) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new CustomerCheck(ids, written)
                    .run(connection)
                    .and(plans(connection))
                    .and(tokens(connection, ids));
        }
    }

    private static Result plans(Connection connection) throws SQLException {
        long wrong = 0;
        int seen = 0;
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("select * from \"plans\"")) {
            while (plan.next()) {
                long before =
                        Filling.PRICES[Integer.parseInt(plan.getString("code").substring("plan-".length()))];
                wrong += plan.getLong("price_cents") == (long) Math.floor(before * 1.19 + 1e-6) ? 0 : 1;
                seen++;
            }
        }
        return new Result(seen, wrong + Math.abs(Filling.PRICES.length - seen));
    }

    private static Result tokens(Connection connection, long[] ids) throws SQLException {
        long wrong = 0;
        long seen = 0;
        try (Statement statement = connection.createStatement();
                ResultSet token = statement.executeQuery("select * from \"login_tokens\"")) {
            while (token.next()) {
                wrong += token.getString("token").equals("v2:" + token.getLong("customer_id")) ? 0 : 1;
                seen++;
            }
        }
        long newTokens = (ids.length - 1) / Filling.CUSTOMERS_A_TOKEN + 1;
        return new Result(seen, wrong + Math.abs(newTokens - (seen - wrong)));
    }
}
