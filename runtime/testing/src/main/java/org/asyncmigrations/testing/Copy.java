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
 * The rows of all tables as they were, kept by the database in temporary tables of one session, which copies every type as it is
 * and forgets them with the session. Used by one thread.
 *
 * @param schema the tables
 * @param number what tells its temporary tables from those of others
 */
record Copy(Schema schema, int number) {
    /** Copies what is there now. */
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

    /** Puts the rows back, all or none of them. */
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

    /** What may be walked by the position of its rows gets its files emptied, so that each run finds the rows at the same positions. */
    private static void empty(Connection connection, DSLContext dsl, UserTable table) throws SQLException {
        if (dsl.family() == SQLDialect.POSTGRES && table.key().isEmpty()) {
            Savepoint before = connection.setSavepoint();
            try {
                dsl.truncate(table.table()).execute();
                return;
            } catch (DataAccessException refused) {
                // The user may not, or other tables refer to its rows.
                connection.rollback(before);
            }
        }
        dsl.deleteFrom(table.table()).execute();
    }

    private static void insert(DSLContext dsl, UserTable table, Table<?> kept) {
        if (table.written().isEmpty()) {
            return;
        }
        // Identities that are always generated take their old values by these words alone.
        boolean says = dsl.family() == SQLDialect.POSTGRES || dsl.family() == SQLDialect.H2;
        dsl.execute(
                "insert into {0} ({1})" + (says ? " overriding system value" : "") + " {2}",
                table.table(),
                DSL.list(table.written().toArray(Field[]::new)),
                select(dsl, table, kept));
    }

    /** Rows come back as they were; where the user may not say so, in an order that foreign keys allow. */
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
