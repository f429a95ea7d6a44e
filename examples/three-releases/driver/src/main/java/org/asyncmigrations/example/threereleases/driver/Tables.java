package org.asyncmigrations.example.threereleases.driver;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** The table, as seen from outside the application: by queries that share nothing with it or with the library. Thread-safe. */
final class Tables {
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

    /** Creates the table, before release 1. */
    void create(int customers) {
        dsl.execute("create table customers (id bigint primary key, name varchar(200) not null)");
        dsl.execute("""
                insert into customers
                select n, concat('Given', n, case n % 3
                  when 0 then ''
                  when 1 then concat(' Family', n)
                  else concat(' van Family', n) end)
                from generate_series(1, ?) n""", customers);
        dsl.execute("vacuum analyze customers");
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

    /** {@return the columns, in their order} */
    List<String> columns() {
        return dsl
                .fetchValues(
                        "select column_name from information_schema.columns where table_name = 'customers' order by ordinal_position")
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
    long outOfStep(boolean filled) {
        return count("""
                select count(*) from customers
                where name <> concat_ws(' ', first_name, last_name)
                  and (? or first_name is not null or last_name is not null)""", filled);
    }

    /** {@return how many triggers and functions the database has} */
    long leftOver() {
        return count("select count(*) from information_schema.triggers where event_object_table = 'customers'")
                + count("select count(*) from information_schema.routines where routine_schema = 'public'");
    }

    /**
     * {@return how many customers are wrong, including missing and additional ones}
     *
     * @param name what a name is made of, as SQL
     * @param customers how many there were at first
     * @param written what was written last, by ID
     */
    long wrong(String name, int customers, Map<Long, String> written) {
        Map<Long, String> expected = new HashMap<>(written);
        for (long id = 1; id <= customers; id++) {
            expected.putIfAbsent(id, firstName(id));
        }
        long wrong = 0;
        for (var row : dsl.fetch("select id, " + name + " from customers")) {
            wrong += row.get(1, String.class).equals(expected.remove(row.get(0, Long.class))) ? 0 : 1;
        }
        return wrong + expected.size();
    }

    private long count(String query, Object... values) {
        return dsl.fetchSingle(query, values).get(0, Long.class);
    }
}
