package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;

import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.example.rolling.application.Customers;
import org.asyncmigrations.example.rolling.application.Name;
import org.jooq.DSLContext;

/** Customers with their names in the old column and in the new ones. Thread-safe. */
final class FullAndSplitNames implements Customers {
    private final DSLContext dsl;
    private final MigrationHandle optional;

    FullAndSplitNames(DSLContext dsl, MigrationHandle optional) {
        this.dsl = dsl;
        this.optional = optional;
    }

    @Override
    public void create(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.FULL_NAME, name.toString())
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .execute();
    }

    @Override
    public void rename(long id, Name name) {
        dsl.update(CUSTOMERS)
                .set(CUSTOMERS.FULL_NAME, name.toString())
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .where(CUSTOMERS.ID.eq(id))
                .execute();
    }

    /**
     * As long as release 1 may write, only the full name is right in every row. Once {@link MakeFullNameOptional} is done, first
     * and last name are. It isn't enough that the back-fill is done: release 1 may change a row after that.
     */
    @Override
    public Name read(long id) {
        return optional.isDone() ? readSplit(id) : readFull(id);
    }

    private Name readSplit(long id) {
        return dsl.select(CUSTOMERS.FIRST_NAME, CUSTOMERS.LAST_NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> new Name(row.value1(), row.value2()));
    }

    private Name readFull(long id) {
        return dsl.select(CUSTOMERS.FULL_NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> Name.of(row.value1()));
    }
}
