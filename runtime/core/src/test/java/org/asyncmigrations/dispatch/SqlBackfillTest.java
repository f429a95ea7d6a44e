package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backfills that are one declaration. */
class SqlBackfillTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void namesAndTextAreEnough(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl(), "orders");
            Seen seen = run(
                    fresh,
                    () -> Backfill.of("orders", "id")
                            .pending("total_cents is null")
                            .set("total_cents", "total * 100")
                            .set("note", "concat('--?{x};', note)"));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select total_cents from orders order by id"))
                    .extracting(cents -> ((Number) cents).intValue())
                    .containsExactly(150, 7, 0, 20);
            assertThat(fresh.dsl().fetchValues("select note from orders order by id"))
                    .isEqualTo(List.of("--?{x};a", "--?{x};b", "--?{x};c", "d"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void jooqsFieldsDoTheSame(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 100);
            Seen seen = run(
                    fresh,
                    () -> Backfill.of(BatchKey.of(Customers.CUSTOMERS, Customers.ID))
                            .pending(Customers.EMAIL_LOWER.isNull().and(Customers.EMAIL.isNotNull()))
                            .set(Customers.EMAIL_LOWER, lower(Customers.EMAIL))
                            .set(Customers.CHANGES, Customers.CHANGES.plus(1)));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void severalColumnsAKeyThatIsNotUniqueSchemasAndQuotedNamesAreFound(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            String quote = database == TestDatabase.MARIADB ? "`" : "\"";
            String table = quote + "Or der" + quote;
            String schema = String.valueOf(dsl.fetchValue(
                    database == TestDatabase.H2
                            ? "select schema()"
                            : database == TestDatabase.MARIADB ? "select database()" : "select current_schema()"));
            dsl.execute("create table " + table + " (" + quote + "Shop" + quote + " int not null, no int not null, "
                    + quote + "Done?" + quote + " int, primary key (no, " + quote + "Shop" + quote + "))");
            dsl.execute("insert into " + table + " values (1, 1, null), (1, 2, null), (2, 1, null)");
            String done = quote + "Done?" + quote;
            int version = 1;
            for (String[] key : new String[][] {{quote + "Shop" + quote, "no"}, {"no"}}) {
                for (String name : List.of(table, schema + "." + table)) {
                    SqlBackfill fill = () -> Backfill.of(name, key)
                            .pending(done + " is null -- all of them")
                            .set(done, "no * 10");
                    TestCatalog catalog = new TestCatalog()
                            .over(TestTables.all("v" + version++ + "_"))
                            .batch(1, fill);
                    Seen seen = TroubleBench.run(fresh.dataSource(), catalog);
                    assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
                    assertThat(dsl.execute("update " + table + " set " + done + " = null where " + done + " = no * 10"))
                            .isEqualTo(3);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatTheDatabaseDoesNotKnowIsSaid(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl(), "orders");
            Map<Backfill, String> bad = new LinkedHashMap<>();
            Backfill orders = Backfill.of("orders", "id");
            bad.put(Backfill.of("nowhere", "id").pending("a is null").set("a", "1"), "must name what the database has");
            bad.put(Backfill.of("orders", "nothing").pending("a is null").set("a", "1"), "nothing");
            bad.put(orders.pending("nothing is null").set("note", "1"), "nothing");
            bad.put(orders.pending("note is null").set("nothing", "1"), "nothing");
            bad.put(orders.set("note", "'x'"), "does not say which rows still need the change");
            bad.put(orders.pending(noCondition()).set("note", "'x'"), "does not say which rows still need the change");
            bad.put(orders.pending("note is null"), "changes nothing; add .set(");
            int number = 1;
            for (Map.Entry<Backfill, String> one : bad.entrySet()) {
                TestCatalog catalog = new TestCatalog()
                        .over(TestTables.all("v" + number++ + "_"))
                        .batch(1, (SqlBackfill) one::getKey);
                Seen seen = TroubleBench.run(fresh.dataSource(), catalog);
                assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(seen.error(1)).containsIgnoringCase(one.getValue());
            }
            assertThat(fresh.dsl()
                            .fetchCount(
                                    org.jooq.impl.DSL.table("orders"),
                                    field("note").eq("'x'")))
                    .isZero();
        }
    }

    /** The first of five attempts fails the migration: the same declaration would be refused each time. */
    @Test
    void anIncompleteBackfillIsNotTriedAgain() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            orders(fresh.dsl(), "orders");
            SqlBackfill incomplete = () -> Backfill.of("orders", "id").set("note", "'x'");
            Seen seen = TroubleBench.run(
                    fresh.dataSource(), new TestCatalog().batch(1, incomplete), builder -> builder.maxAttempts(5));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.of(1).attempts()).isEqualTo(1);
        }
    }

    @Test
    void theKeyIsNotSetAndAColumnOnlyOnce() {
        Backfill orders = Backfill.of("shop.orders", "\"Id\"");
        assertThatThrownBy(() -> orders.set("id", "id + 1")).hasMessageContaining("must not set the key column id");
        assertThatThrownBy(() -> orders.set("orders.ID", "id + 1")).hasMessageContaining("must not set the key column");
        assertThatThrownBy(() -> Backfill.of(BatchKey.of(Customers.CUSTOMERS, Customers.ID))
                        .set(Customers.ID, Customers.ID.plus(1)))
                .hasMessageContaining("must not set the key column");
        assertThatThrownBy(() -> orders.set("note", "'a'").set("NOTE", "'b'")).hasMessageContaining("only once");
        assertThatThrownBy(() -> orders.pending("a is null").pending("b is null"))
                .hasMessageContaining("only one pending(…)");
        assertThatThrownBy(() -> orders.set(" ", "1")).hasMessageContaining("blank");
        assertThatThrownBy(() -> orders.pending("\n")).hasMessageContaining("blank");
        assertThatThrownBy(() -> Backfill.of("orders", "")).hasMessageContaining("blank");
        assertThatThrownBy(() -> Backfill.of("orders")).hasMessageContaining("must name at least one column");
    }

    @Test
    void eachCallMakesAnotherBackfill() {
        Backfill orders = Backfill.of("orders", "id");
        Backfill set = orders.set("note", "'a'");
        assertThat(orders).isNotSameAs(set);
        assertThat(orders.set("note", "'b'")).isNotNull();
    }

    private static Seen run(Fresh fresh, SqlBackfill fill) throws InterruptedException {
        return TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, fill));
    }

    private static void orders(DSLContext dsl, String name) {
        dsl.execute("create table " + name
                + " (id bigint primary key, total numeric(9, 2), total_cents bigint, note varchar(99))");
        dsl.execute("insert into " + name
                + " values (1, 1.5, null, 'a'), (2, 0.07, null, 'b'), (30, 0, null, 'c'), (40, 9, 20, 'd')");
    }
}
