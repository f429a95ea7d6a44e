package org.asyncmigrations.testing;

import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Tables to migrate: accounts, and entries that name them. */
final class Accounts {
    static final int ROWS = 24;
    static final Table<Record> ACCOUNTS = table(name("accounts"));
    static final Field<Long> ID = column("id", SQLDataType.BIGINT);
    static final Field<String> NAME = column("name", SQLDataType.VARCHAR(40));
    static final Field<String> NAME_LOWER = column("name_lower", SQLDataType.VARCHAR(40));
    static final Field<Long> BALANCE = column("balance", SQLDataType.BIGINT);
    static final Field<Long> PLACE = column("place", SQLDataType.BIGINT);
    static final Field<String> TOKEN = column("token", SQLDataType.VARCHAR(60));

    static final Table<Record> ENTRIES = table(name("entries"));
    static final Field<Long> ENTRY_ID = field(name("entries", "id"), SQLDataType.BIGINT);
    static final Field<Long> ACCOUNT = field(name("entries", "account"), SQLDataType.BIGINT);
    static final Field<Long> AMOUNT = field(name("entries", "amount"), SQLDataType.BIGINT);

    private Accounts() {}

    private static <T> Field<T> column(String column, org.jooq.DataType<T> type) {
        return field(name("accounts", column), type);
    }

    static void fill(DSLContext dsl) {
        dsl.createTable(ACCOUNTS)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column("name", SQLDataType.VARCHAR(40))
                .column("name_lower", SQLDataType.VARCHAR(40))
                .column("balance", SQLDataType.BIGINT.nullable(false))
                .column("place", SQLDataType.BIGINT)
                .column("token", SQLDataType.VARCHAR(60))
                .primaryKey("id")
                .execute();
        dsl.createTable(ENTRIES)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column("account", SQLDataType.BIGINT.nullable(false))
                .column("amount", SQLDataType.BIGINT.nullable(false))
                .primaryKey("id")
                .constraints(constraint("entries_account").foreignKey("account").references("accounts", "id"))
                .execute();
        for (long i = 1; i <= ROWS; i++) {
            dsl.insertInto(ACCOUNTS)
                    .columns(ID, NAME, BALANCE)
                    .values(i * 3, i % 5 == 0 ? null : "Name" + i, i * 100)
                    .execute();
            dsl.insertInto(ENTRIES)
                    .columns(ENTRY_ID, ACCOUNT, AMOUNT)
                    .values(i, i * 3, i)
                    .execute();
        }
    }
}
