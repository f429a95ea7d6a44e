package org.asyncmigrations.batch;

import org.asyncmigrations.database.Database;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What keeps a table's rows: on MariaDB and MySQL each table has an engine of its own, and not every one knows transactions. */
final class TableEngine {
    private static final String WITHOUT_TRANSACTIONS = "select t.engine from information_schema.tables t"
            + " join information_schema.engines e on e.engine = t.engine"
            + " where t.table_schema = {0} and t.table_name = {1} and e.transactions = 'NO'";

    private TableEngine() {}

    /**
     * Refuses a table on which neither a fence nor a roll-back holds.
     *
     * @throws IllegalKeyException when its engine knows no transactions
     */
    static void require(DSLContext dsl, Table<?> table, TableShape shape) {
        Database database = Database.of(dsl.dialect());
        if (database != Database.MARIADB && database != Database.MYSQL) {
            return;
        }
        Object engine = dsl.fetchValue(WITHOUT_TRANSACTIONS, DSL.val(shape.schema()), DSL.val(shape.name()));
        if (engine != null) {
            throw new IllegalKeyException("the table " + table + " has the engine " + engine
                    + ", which knows no transactions: a batch could not be committed together with its progress, and"
                    + " nothing could be rolled back; give it another first (alter table " + dsl.render(table)
                    + " engine = InnoDB)");
        }
    }
}
