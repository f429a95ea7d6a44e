package org.asyncmigrations.example.rolling.driver;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.example.rolling.application.Name;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** The changes that Flyway or Liquibase would make before a release, and a check of the final table. */
final class Tables {
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<String> FIRST_NAME = field(name("first_name"), String.class);
    private static final Field<String> LAST_NAME = field(name("last_name"), String.class);

    private final DSLContext dsl;

    Tables(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** {@return the initial name of a customer} */
    static Name first(long id) {
        return new Name("Given" + id, "Family" + id);
    }

    /** Creates the table, before release 1. */
    void create(int customers) {
        dsl.execute("create table customers (id bigint primary key, full_name varchar(200) not null)");
        dsl.execute(
                "insert into customers select id, 'Given' || id || ' Family' || id from generate_series(1, ?) id",
                customers);
        dsl.execute("vacuum analyze customers");
    }

    /** Adds the new columns, before release 2. They are nullable, because release 1 doesn't know them. */
    void addNames() {
        dsl.execute("alter table customers add first_name varchar(100), add last_name varchar(100)");
    }

    /** {@return the table's columns as a text} */
    String columns() {
        return String.join(
                ", ",
                Stream.of(dsl.selectFrom(table(name("customers")))
                                .limit(0)
                                .fetch()
                                .fields())
                        .map(Field::getName)
                        .toList());
    }

    /**
     * {@return how many rows are wrong, including missing and additional ones}
     *
     * @param customers how many there were at first
     * @param written what was written last, by ID
     */
    long wrong(int customers, Map<Long, Name> written) {
        Map<Long, Name> expected = new HashMap<>(written);
        for (long id = 1; id <= customers; id++) {
            expected.putIfAbsent(id, first(id));
        }
        long wrong = 0;
        for (Record row : dsl.select(ID, FIRST_NAME, LAST_NAME)
                .from(table(name("customers")))
                .fetch()) {
            Name name = new Name(row.get(FIRST_NAME), row.get(LAST_NAME));
            wrong += name.equals(expected.remove(row.get(ID))) ? 0 : 1;
        }
        return wrong + expected.size();
    }
}
