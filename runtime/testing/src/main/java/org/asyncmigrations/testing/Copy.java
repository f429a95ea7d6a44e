package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * A copy of the rows of all tables, in temporary tables of one session. The database itself copies them, so every type stays as it
 * is, and drops them with the session. Used by one thread.
 *
 * @param schema the tables
 * @param number distinguishes its temporary tables from those of other copies
 */
record Copy(Schema schema, int number) {
    /** Copies the current rows. */
    static Copy of(Connection connection, Schema schema, int number) {
        DSLContext dsl = DSL.using(connection);
        Copy copy = new Copy(schema, number);
        for (int i = 0; i < schema.tables().size(); i++) {
            UserTable table = schema.tables().get(i);
            if (!table.written().isEmpty()) {
                String kind = dsl.family() == SQLDialect.H2 ? "create local temporary table" : "create temporary table";
                dsl.execute(kind + " {0} as {1}", copy.kept(i), select(dsl, table, table.table()));
            }
        }
        return copy;
    }

    private static org.jooq.Select<?> select(DSLContext dsl, UserTable table, Table<?> from) {
        return dsl.select(table.written()).from(from);
    }

    private Table<?> kept(int table) {
        return DSL.table(DSL.name("async_kit_" + number + "_" + table));
    }

    /** Restores all rows, or none if that fails. */
    void restore(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        DSLContext dsl = DSL.using(connection);
        connection.setAutoCommit(false);
        boolean isBare = withoutKeysAndTriggers(connection, dsl);
        try {
            List<UserTable> tables = schema.tables();
            for (int i = tables.size() - 1; i >= 0; i--) {
                empty(connection, dsl, tables.get(i));
            }
            for (int i = 0; i < tables.size(); i++) {
                insert(dsl, tables.get(i), kept(i));
            }
            connection.commit();
        } finally {
            connection.rollback();
            withKeysAndTriggers(dsl, isBare);
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Truncates a table that may be walked by position, so that each run finds its rows at the same positions. */
    private static void empty(Connection connection, DSLContext dsl, UserTable table) throws SQLException {
        if (dsl.family() == SQLDialect.POSTGRES && table.key().isEmpty()) {
            Savepoint before = connection.setSavepoint();
            try {
                dsl.truncate(table.table()).execute();
                return;
            } catch (DataAccessException refused) {
                // The user may not truncate it, or other tables refer to its rows.
                connection.rollback(before);
            }
        }
        dsl.deleteFrom(table.table()).execute();
    }

    private static void insert(DSLContext dsl, UserTable table, Table<?> kept) {
        if (table.written().isEmpty()) {
            return;
        }
        // Columns that are GENERATED ALWAYS accept their old values only with this clause.
        boolean says = dsl.family() == SQLDialect.POSTGRES || dsl.family() == SQLDialect.H2;
        dsl.execute(
                "insert into {0} ({1})" + (says ? " overriding system value" : "") + " {2}",
                table.table(),
                DSL.list(table.written().toArray(Field[]::new)),
                select(dsl, table, kept));
    }

    /**
     * Switches off foreign keys and triggers, so that rows are restored as they were. If the user may not do that, rows are written
     * in an order that foreign keys allow.
     */
    private static boolean withoutKeysAndTriggers(Connection connection, DSLContext dsl) throws SQLException {
        try {
            switch (dsl.family()) {
                case POSTGRES -> dsl.execute("set local session_replication_role = replica");
                case H2 -> dsl.execute("set referential_integrity false");
                default -> dsl.execute("set foreign_key_checks = 0");
            }
            return true;
        } catch (DataAccessException refused) {
            connection.rollback();
            return false;
        }
    }

    private static void withKeysAndTriggers(DSLContext dsl, boolean isBare) {
        if (!isBare) {
            return;
        }
        switch (dsl.family()) {
            case POSTGRES -> {
                // It has ended with the transaction.
            }
            case H2 -> dsl.execute("set referential_integrity true");
            default -> dsl.execute("set foreign_key_checks = 1");
        }
    }
}
