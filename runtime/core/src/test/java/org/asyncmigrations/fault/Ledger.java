package org.asyncmigrations.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;

/**
 * Tables that record their own changes: a trigger counts how often each row was changed, whoever changes it. Everything here is
 * plain JDBC, so that the check doesn't use the code that it checks.
 */
final class Ledger {
    /** More than the 10,000 of a range. {@code -Dledger=24000} gives many kills of one run as many batches to hit. */
    private static final int ROWS = Integer.getInteger("ledger", 12_000);

    static final int ACCOUNTS = 400;
    static final int PEOPLE = ROWS;
    static final int INVOICES = ROWS;
    static final int ORDERS = ROWS / 8;

    /** Every this many orders, one can't be changed: fewer than the reject budget, and never ten in a row. */
    static final int POISON_EVERY = 271;

    private static final List<String> TABLES = List.of("accounts", "people", "invoices", "orders");

    private final TestDatabase database;
    private final Fresh fresh;

    private Ledger(TestDatabase database, Fresh fresh) {
        this.database = database;
        this.fresh = fresh;
    }

    static Ledger create(TestDatabase database, Fresh fresh) throws SQLException {
        Ledger ledger = new Ledger(database, fresh);
        try (Connection connection = ledger.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table numbers (n bigint primary key)");
            fill(statement);
            String counted = "changes int not null default 0, changed_by varchar(40), primary key (id))";
            statement.execute("create table accounts (id bigint not null, balance int not null, " + counted);
            statement.execute(
                    "create table people (id bigint not null, email varchar(60), email_lower varchar(60), " + counted);
            statement.execute("create table invoices (id bigint not null, amount int not null, " + counted);
            statement.execute("create table orders (id bigint not null, label varchar(20) not null, code varchar(20), "
                    + counted);
            insert(statement);
            ledger.count(statement);
            if (database == TestDatabase.POSTGRES) {
                // As autovacuum does after a minute. Until then, the planner knows nothing of these rows.
                statement.execute("analyze");
            }
        }
        return ledger;
    }

    private static void fill(Statement statement) throws SQLException {
        statement.execute("insert into numbers values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        for (int digits = 10; digits < PEOPLE; digits *= 10) {
            statement.execute("insert into numbers select a.n + " + digits
                    + " * b.n from numbers a, numbers b where a.n < " + digits + " and b.n between 1 and "
                    + Math.min(9, PEOPLE / digits));
        }
    }

    /** Keys are sparse, every tenth person has no address, and some orders can't be changed. */
    private static void insert(Statement statement) throws SQLException {
        statement.execute("insert into accounts (id, balance) select n * 3, 1 from numbers where n < " + ACCOUNTS);
        statement.execute("insert into people (id, email) select n * 3,"
                + " case when mod(n, 10) = 0 then null else concat('User', n, '@Example.ORG') end"
                + " from numbers where n < " + PEOPLE);
        statement.execute("insert into invoices (id, amount) select n * 3, 1 from numbers where n < " + INVOICES);
        statement.execute("insert into orders (id, label) select n * 3,"
                + " case when mod(n, " + POISON_EVERY + ") = 7 then 'poison' else 'Plain' end"
                + " from numbers where n < " + ORDERS);
    }

    private void count(Statement statement) throws SQLException {
        if (database == TestDatabase.POSTGRES) {
            statement.execute("create or replace function count_change() returns trigger language plpgsql as"
                    + " $$ begin new.changes := old.changes + 1; return new; end $$");
        }
        for (String table : TABLES) {
            statement.execute("create trigger counting_" + table + " before update on " + table + " for each row "
                    + (database == TestDatabase.POSTGRES
                            ? "execute function count_change()"
                            : "set new.changes = old.changes + 1"));
        }
    }

    private void countNoMore(Statement statement, String table) throws SQLException {
        statement.execute("drop trigger counting_" + table + (database == TestDatabase.POSTGRES ? " on " + table : ""));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
    }

    /** {@return the number that a query returns, as other sessions see it} */
    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** {@return whether a query returns a positive number within this time} */
    boolean comesTrue(long millis, String query) throws SQLException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (ResultSet row = statement.executeQuery(query)) {
                    if (row.next() && row.getLong(1) > 0) {
                        return true;
                    }
                }
                LockSupport.parkNanos(10_000_000);
            }
            return false;
        }
    }

    /** {@return whether the state tables exist} */
    boolean hasState() throws SQLException {
        try (Connection connection = connect();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), null, "async_migration_instances", null)) {
            // The last of them to be created.
            return tables.next();
        }
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static int poisoned() {
        return (ORDERS - 8) / POISON_EVERY + 1;
    }

    /** Restores the initial content, and deletes the migrations' rows, so that they are registered again as new. */
    void again() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                // In a table that has had rows and has a trigger, MariaDB takes the keys of an INSERT ... SELECT for
                // null.
                countNoMore(statement, table);
                statement.execute("delete from " + table);
            }
            insert(statement);
            count(statement);
            if (hasState()) {
                statement.execute("delete from async_schema_migrations");
            }
        }
    }

    /** Fixes each order that can't be changed; the trigger counts that too. */
    void mend() throws SQLException {
        run("update orders set label = 'Mended' where label = 'poison'");
    }

    /** {@return what is wrong after a run whose last migration has failed with its rejects} */
    List<String> wrongWithRejects() throws SQLException {
        List<String> wrong = wrongRows();
        none(
                wrong,
                "rejects that are lost or more than one",
                "select count(*) - " + poisoned() + " from async_migration_rejects");
        states(wrong, 3, 1);
        return wrong;
    }

    /** {@return what is wrong after a run that has finished} */
    List<String> wrong() throws SQLException {
        List<String> wrong = wrongRows();
        none(wrong, "poison", "select count(*) from orders where label = 'poison'");
        none(wrong, "rejects", "select count(*) from async_migration_rejects");
        states(wrong, 4, 0);
        return wrong;
    }

    long lost() throws SQLException {
        return number("select (select count(*) from accounts where changes < 1)"
                + " + (select count(*) from people where changes < 1 and email is not null)"
                + " + (select count(*) from invoices where changes < 1)"
                + " + (select count(*) from orders where changes < 1 and label = 'Plain')");
    }

    long twice() throws SQLException {
        return number("select (select count(*) from accounts where changes > 1)"
                + " + (select count(*) from people where changes > 1)"
                + " + (select count(*) from invoices where changes > 1)"
                + " + (select count(*) from orders where changes > 1 and label = 'Plain')");
    }

    private List<String> wrongRows() throws SQLException {
        List<String> wrong = new ArrayList<>();
        none(wrong, "accounts", "select count(*) from accounts where balance <> 2 or changes <> 1");
        none(
                wrong,
                "people",
                "select count(*) from people where case when email is null"
                        + " then changes <> 0 or email_lower is not null"
                        + " else changes <> 1 or email_lower is null or email_lower <> lower(email) end");
        none(wrong, "invoices", "select count(*) from invoices where amount <> 2 or changes <> 1");
        none(
                wrong,
                "orders",
                "select count(*) from orders where case when label = 'poison'"
                        + " then changes <> 0 or code is not null"
                        + " else changes <> case when label = 'Mended' then 2 else 1 end"
                        + " or code is null or code <> lower(label) end");
        return wrong;
    }

    private void states(List<String> wrong, int done, int failed) throws SQLException {
        String rows = " from async_schema_migrations where ";
        none(wrong, "not done", "select count(*) - " + done + rows + "state = 'done'");
        none(wrong, "not failed", "select count(*) - " + failed + rows + "state = 'failed'");
        none(wrong, "rows held", "select count(*)" + rows + "owner is not null or claimed_until is not null");
        none(wrong, "ranges left", "select count(*) from async_migration_ranges");
        none(
                wrong,
                "rows_done of people",
                "select rows_done - (select count(*) from people where changes > 0)" + rows + "version = "
                        + LedgerBuild.PEOPLE);
        none(
                wrong,
                "rows_done of invoices",
                "select rows_done - " + INVOICES + rows + "version = " + LedgerBuild.INVOICES);
        for (String event : List.of("registered", "ready", "done")) {
            none(
                    wrong,
                    "versions with not one event " + event,
                    "select count(*) from async_schema_migrations m where"
                            + " state = 'done' and 1 <> (select count(*) from async_migration_events e"
                            + " where e.version = m.version and e.happened_at >= m.created_at and e.event = '" + event
                            + "')");
        }
    }

    /** The wrong rows, and how often each was changed. */
    private String described(String table) throws SQLException {
        if (!TABLES.contains(table)) {
            return "";
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select changes, count(*), min(id), max(id) from " + table
                        + " group by changes order by changes")) {
            StringBuilder text = new StringBuilder();
            while (rows.next()) {
                text.append(", ").append(rows.getLong(2)).append(" changed ").append(rows.getLong(1));
                text.append(" times from id ")
                        .append(rows.getLong(3))
                        .append(" to ")
                        .append(rows.getLong(4));
            }
            return text.toString();
        }
    }

    private void none(List<String> wrong, String what, String query) throws SQLException {
        long number = number(query);
        if (number != 0) {
            wrong.add(what + ": " + number + described(what));
        }
    }
}
