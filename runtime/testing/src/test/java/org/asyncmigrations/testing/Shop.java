package org.asyncmigrations.testing;

import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.LocalDate;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Tables as applications have them: foreign keys both ways and to the table itself, identities, triggers, unique columns. */
final class Shop {
    static final LocalDate KEPT_SINCE = LocalDate.of(2026, 1, 1);

    static final Table<Record> CUSTOMERS = table(name("customers"));
    static final Field<Long> ID = field(name("customers", "id"), SQLDataType.BIGINT);
    static final Field<String> NAME = text("name");
    static final Field<String> FIRST = text("first_name");
    static final Field<String> LAST = text("last_name");
    static final Field<String> EMAIL = text("email");
    static final Field<String> FAX = text("fax");
    static final Field<String> NOTE = text("note");
    static final Field<String> LANGUAGE = text("language");
    static final Field<String> STREET = text("street");
    static final Field<String> STATUS = text("status");
    static final Field<String> CLOSED_BY = text("closed_by");
    static final Field<Long> REFERRER = field(name("customers", "referrer"), SQLDataType.BIGINT);
    static final Field<Long> MAIN_ADDRESS = field(name("customers", "main_address"), SQLDataType.BIGINT);
    static final Field<LocalDate> LAST_SEEN = field(name("customers", "last_seen"), SQLDataType.LOCALDATE);
    static final Field<LocalDate> DELETED_AT = field(name("customers", "deleted_at"), SQLDataType.LOCALDATE);

    static final Table<Record> ADDRESSES = table(name("addresses"));
    static final Field<Long> ADDRESS_ID = field(name("addresses", "id"), SQLDataType.BIGINT);
    static final Field<Long> ADDRESS_OF = field(name("addresses", "customer"), SQLDataType.BIGINT);
    static final Field<String> ADDRESS_STREET = field(name("addresses", "street"), SQLDataType.VARCHAR(40));

    static final Table<Record> ORDERS = table(name("orders"));
    static final Field<Long> ORDER_OF = field(name("orders", "customer"), SQLDataType.BIGINT);
    static final Field<Integer> NUMBER = field(name("orders", "number"), SQLDataType.INTEGER);
    static final Field<String> CURRENCY = field(name("orders", "currency"), SQLDataType.VARCHAR(3));
    static final Field<Long> CENTS = field(name("orders", "cents"), SQLDataType.BIGINT);
    static final Field<Long> EURO_CENTS = field(name("orders", "euro_cents"), SQLDataType.BIGINT);

    static final Table<Record> RATES = table(name("rates"));
    static final Field<String> RATE_OF = field(name("rates", "currency"), SQLDataType.VARCHAR(3));
    static final Field<Long> PERCENT = field(name("rates", "percent"), SQLDataType.BIGINT);

    static final Table<Record> SETTINGS = table(name("settings"));
    static final Field<String> SETTING = field(name("settings", "name"), SQLDataType.VARCHAR(40));
    static final Field<String> VALUE = field(name("settings", "value"), SQLDataType.VARCHAR(40));

    private Shop() {}

    private static Field<String> text(String column) {
        return field(name("customers", column), SQLDataType.VARCHAR(40));
    }

    static void fill(DSLContext dsl) {
        create(dsl);
        SHAPES.forEach(shape -> shape.on(dsl));
        dsl.insertInto(RATES, RATE_OF, PERCENT)
                .values("USD", 90L)
                .values("GBP", 115L)
                .execute();
        dsl.insertInto(SETTINGS, SETTING, VALUE)
                .values("mail.sender", "shop@example.org")
                .values("page.size", "20")
                .execute();
        for (long i = 1; i <= 12; i++) {
            customer(dsl, i);
            order(dsl, i, 1, i % 3 == 0 ? "USD" : i % 3 == 1 ? "GBP" : "XXX");
            order(dsl, i, 2, "USD");
        }
        dsl.insertInto(ADDRESSES, ADDRESS_OF, ADDRESS_STREET)
                .values(1L, "Elsewhere 1")
                .execute();
    }

    private static void create(DSLContext dsl) {
        dsl.createTable(CUSTOMERS)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .columns(NAME, FIRST, LAST, EMAIL, FAX, NOTE, LANGUAGE, STREET, STATUS, CLOSED_BY)
                .columns(REFERRER, MAIN_ADDRESS, LAST_SEEN, DELETED_AT)
                .primaryKey("id")
                .constraints(
                        constraint("customers_email").unique("email"),
                        constraint("customers_referrer").foreignKey("referrer").references("customers", "id"))
                .execute();
        dsl.createTable(ADDRESSES)
                .column("id", SQLDataType.BIGINT.identity(true))
                .column("customer", SQLDataType.BIGINT.nullable(false))
                .column("street", SQLDataType.VARCHAR(40).nullable(false))
                .primaryKey("id")
                .constraints(
                        constraint("addresses_customer").foreignKey("customer").references("customers", "id"))
                .execute();
        dsl.alterTable(CUSTOMERS)
                .add(constraint("customers_address").foreignKey("main_address").references("addresses", "id"))
                .execute();
        dsl.createTable(ORDERS)
                .column("customer", SQLDataType.BIGINT.nullable(false))
                .column("number", SQLDataType.INTEGER.nullable(false))
                .columns(CURRENCY, CENTS, EURO_CENTS)
                .primaryKey("customer", "number")
                .constraints(
                        constraint("orders_customer").foreignKey("customer").references("customers", "id"))
                .execute();
        dsl.createTable(RATES)
                .column(RATE_OF.getUnqualifiedName(), SQLDataType.VARCHAR(3).nullable(false))
                .column(PERCENT)
                .primaryKey("currency")
                .execute();
        dsl.createTable(SETTINGS)
                .column(SETTING.getUnqualifiedName(), SQLDataType.VARCHAR(40).nullable(false))
                .column(VALUE)
                .primaryKey("name")
                .execute();
    }

    private static void customer(DSLContext dsl, long i) {
        dsl.insertInto(CUSTOMERS)
                .set(ID, i)
                .set(NAME, i % 5 == 0 ? null : i % 4 == 0 ? "Madonna" : "Ann" + i + " Lee" + i)
                .set(FIRST, i == 1 ? "Anna" : null)
                .set(LAST, i == 1 ? "Leeds" : i == 2 ? "" : null)
                .set(EMAIL, i == 7 ? null : "User" + i + "@Example.org")
                .set(FAX, i % 3 == 0 ? null : i == 4 ? "" : "0" + i)
                .set(NOTE, i % 6 == 0 ? null : i == 5 ? "" : "hello " + i)
                .set(LANGUAGE, i == 3 ? "xx" : null)
                .set(STREET, i % 4 == 0 ? null : "Street " + i % 2)
                .set(STATUS, i % 3 == 0 ? "closed" : i == 10 ? null : "open")
                .set(CLOSED_BY, i == 3 ? "anna" : null)
                .set(REFERRER, i == 1 ? null : i - 1)
                .set(LAST_SEEN, i % 6 == 0 ? null : KEPT_SINCE.plusDays(i % 2 == 0 ? i : -i))
                .set(DELETED_AT, i == 5 ? KEPT_SINCE.minusYears(1) : null)
                .execute();
    }

    private static void order(DSLContext dsl, long customer, int number, String currency) {
        dsl.insertInto(ORDERS, ORDER_OF, NUMBER, CURRENCY, CENTS, EURO_CENTS)
                .values(customer, number, currency, customer == 8 ? null : customer * 100, customer == 2 ? 1L : null)
                .execute();
    }

    /** What each product has in a language of its own. */
    private static final java.util.List<Shape> SHAPES = java.util.List.of(Shop::stamped);

    @FunctionalInterface
    private interface Shape {
        void on(DSLContext dsl);
    }

    /** A column that a trigger writes, an enumeration, a generated column, and a log that a trigger writes. */
    private static void stamped(DSLContext dsl) {
        if (dsl.family() == SQLDialect.POSTGRES) {
            dsl.execute("create type mood as enum ('bad', 'good')");
            dsl.execute(
                    "create table stamped (id bigint primary key, n int, twice int generated always as (n * 2) stored,"
                            + " feeling mood, updated_at timestamp, token uuid default gen_random_uuid(), version int)");
            dsl.execute("create table changes (id bigserial primary key, stamped bigint, at timestamp default now())");
            dsl.execute(
                    "create function stamp() returns trigger language plpgsql as 'begin new.updated_at = clock_timestamp();"
                            + " new.version = coalesce(old.version, 0) + 1; insert into changes (stamped) values (new.id); return new; end'");
            dsl.execute(
                    "create trigger stamps before insert or update on stamped for each row execute function stamp()");
        } else if (dsl.family() == SQLDialect.MARIADB) {
            dsl.execute("create table stamped (id bigint primary key, n int, twice int as (n * 2) stored,"
                    + " feeling enum('bad', 'good'), updated_at timestamp(6) not null default current_timestamp(6) on update"
                    + " current_timestamp(6), token uuid default uuid(), version int)");
            dsl.execute(
                    "create table changes (id bigint auto_increment primary key, stamped bigint, at timestamp default now())");
            dsl.execute(
                    "create trigger stamps after update on stamped for each row insert into changes (stamped) values (new.id)");
        } else {
            dsl.execute(
                    "create table \"stamped\" (\"id\" bigint primary key, \"n\" int, \"twice\" int generated always as (\"n\" * 2),"
                            + " \"feeling\" enum('bad', 'good'), \"updated_at\" timestamp default current_timestamp on update"
                            + " current_timestamp, \"token\" uuid default random_uuid(), \"version\" int)");
        }
        for (long i = 1; i <= 9; i++) {
            dsl.insertInto(table(name("stamped")))
                    .set(field(name("id"), Long.class), i)
                    .set(field(name("n"), Integer.class), (int) i)
                    .execute();
        }
    }

    static final Table<Record> STAMPED = table(name("stamped"));
    static final Field<Long> STAMPED_ID = field(name("stamped", "id"), SQLDataType.BIGINT);
    static final Field<Integer> N = field(name("stamped", "n"), SQLDataType.INTEGER);
    static final Field<String> FEELING = field(name("stamped", "feeling"), String.class);

    /** {@return a literal that the database takes for its enumeration} */
    static Field<String> feeling(String value) {
        return DSL.field("'" + value + "'", String.class);
    }
}
