package org.asyncmigrations.example.threereleases.driver;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** The two tables, as seen from outside the application: by queries that share nothing with it or with the library. Thread-safe. */
final class Tables {
    /** Compares by a hash, because MariaDB's usual collation ignores case. */
    private static final String NAMES_OUT_OF_STEP = """
            select count(*) from customers
            where coalesce(first_name, last_name) is not null
              and md5(name) <> md5(concat_ws(' ', first_name, last_name))""";

    private static final String TOTALS_OUT_OF_STEP = "select count(*) from orders where cents <> total_cents";

    private final HikariDataSource pool;
    private final DSLContext dsl;

    Tables(HikariDataSource pool, DSLContext dsl) {
        this.pool = pool;
        this.dsl = dsl;
    }

    /** {@return the initial name of a customer} */
    static String firstName(long id) {
        String rest = id % 3 == 0 ? "" : id % 3 == 1 ? " Family" + id : " van Family" + id;
        return "Given" + id + rest;
    }

    /** {@return the initial total of an order} */
    static long firstTotal(long id) {
        return id % 1_000;
    }

    /** Creates the tables, before release 1. */
    void create(DatabaseServer server, int rows) {
        dsl.execute("create table customers (id bigint primary key, name varchar(200) not null)");
        dsl.execute("create table orders (id bigint primary key, cents int not null)");
        dsl.execute("insert into customers select n, concat('Given', n, case n % 3 when 0 then ''"
                + " when 1 then concat(' Family', n) else concat(' van Family', n) end) from " + server.numbers(rows));
        dsl.execute("insert into orders select n, n % 1000 from " + server.numbers(rows));
        dsl.execute(server.analyze());
    }

    /** {@return a transaction that stays open, so schema changes must wait for its lock} */
    Connection hold(String statement) throws SQLException {
        Connection hold = pool.getConnection();
        hold.setAutoCommit(false);
        try (Statement sent = hold.createStatement()) {
            sent.execute(statement);
        }
        return hold;
    }

    /** {@return the columns of a table, in their order} */
    List<String> columns(String table) {
        return dsl
                .fetchValues(
                        "select column_name from information_schema.columns where table_name = ? order by ordinal_position",
                        table)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    /** {@return how many customers have a first name} */
    long filled() {
        return count("select count(first_name) from customers");
    }

    /**
     * {@return how many customers have new values that don't say the same as the old one}
     *
     * @param filled whether those without new values count, too
     */
    long namesOutOfStep(boolean filled) {
        return count(NAMES_OUT_OF_STEP)
                + (filled ? count("select count(*) from customers where first_name is null") : 0);
    }

    /**
     * {@return how many orders have a new value that isn't the old one}
     *
     * @param filled whether those without a new value count, too
     */
    long totalsOutOfStep(boolean filled) {
        return count(TOTALS_OUT_OF_STEP)
                + (filled ? count("select count(*) from orders where total_cents is null") : 0);
    }

    /** {@return how many triggers and functions the database has} */
    long leftOver() {
        return count(
                        "select count(*) from information_schema.triggers where event_object_table in ('customers', 'orders')")
                + count("select count(*) from information_schema.routines where routine_schema in ('public', 'shop')");
    }

    /**
     * {@return how many customers are wrong, including missing and additional ones}
     *
     * @param name what a name is made of, as SQL
     * @param rows how many there were at first
     * @param written what was written last, by ID
     */
    long wrongNames(String name, int rows, Map<Long, String> written) {
        Map<Long, String> expected = new HashMap<>(written);
        for (long id = 1; id <= rows; id++) {
            expected.putIfAbsent(id, firstName(id));
        }
        return wrong("select id, " + name + " from customers", String.class, expected);
    }

    /**
     * {@return how many orders are wrong, including missing and additional ones}
     *
     * @param total the column with the total
     * @param rows how many there were at first
     * @param written what was written last, by ID
     */
    long wrongTotals(String total, int rows, Map<Long, Long> written) {
        Map<Long, Long> expected = new HashMap<>(written);
        for (long id = 1; id <= rows; id++) {
            expected.putIfAbsent(id, firstTotal(id));
        }
        return wrong("select id, " + total + " from orders", Long.class, expected);
    }

    private <T> long wrong(String query, Class<T> type, Map<Long, T> expected) {
        long wrong = 0;
        for (var row : dsl.fetch(query)) {
            wrong += row.get(1, type).equals(expected.remove(row.get(0, Long.class))) ? 0 : 1;
        }
        return wrong + expected.size();
    }

    private long count(String query) {
        return dsl.fetchSingle(query).get(0, Long.class);
    }
}
