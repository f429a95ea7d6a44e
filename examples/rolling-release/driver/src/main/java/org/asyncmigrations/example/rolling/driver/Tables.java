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

/** What Flyway or Liquibase would do before a release is rolled out, and what is in the table at the end. */
final class Tables {
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<String> FIRST_NAME = field(name("first_name"), String.class);
    private static final Field<String> LAST_NAME = field(name("last_name"), String.class);

    private final DSLContext dsl;

    Tables(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** {@return what a customer is called at first} */
    static Name first(long id) {
        return new Name("Given" + id, "Family" + id);
    }

    /** Before release 1. */
    void create(int customers) {
        dsl.execute("create table customers (id bigint primary key, full_name varchar(200) not null)");
        dsl.execute(
                "insert into customers select id, 'Given' || id || ' Family' || id from generate_series(1, ?) id",
                customers);
        dsl.execute("vacuum analyze customers");
    }

    /** Before release 2. Release 1 does not know of the new columns, and so they can be missing in a row. */
    void addNames() {
        dsl.execute("alter table customers add first_name varchar(100), add last_name varchar(100)");
    }

    /** {@return the table's columns, in words} */
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
     * How many rows are not what they must be, those that are missing or too many included.
     *
     * @param customers how many there were at first
     * @param written what was written last, by id
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
