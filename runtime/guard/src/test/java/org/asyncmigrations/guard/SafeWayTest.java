package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeWayTest {
    private static Guard shop;

    @TempDir
    private Path folder;

    private Report check(String sql) throws Exception {
        return Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", sql));
    }

    @BeforeAll
    static void makeTheShop() throws Exception {
        shop = Guard.on(ThrowAway.postgres()).schema(ThrowAway.resource("shop.sql"));
    }

    /** Asked in one database, and rolled back. */
    private List<String> safeWay(String statement) {
        Path script = ThrowAway.script(folder, "V8.sql", "begin;\n" + statement + ";\nrollback;");
        return shop.check(script).findings().get(0).safeWay();
    }

    /** The guard itself says that its advice is safe. What waits for a later release is left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on orders (customer_id)",
                "create unique index if not exists \"I\" on only orders using btree (customer_id) where not paid",
                "reindex index orders_status",
                "reindex (verbose) table orders",
                "refresh materialized view totals",
                "alter table orders add constraint c foreign key (customer_id) references customers (id) on delete cascade",
                "alter table orders add foreign key (customer_id) references customers (id)",
                "alter table orders add constraint c check (status <> '')",
                "alter table orders add check (status <> ''), add column a int",
                "alter table orders alter column customer_id set not null",
                "alter table if exists only public.orders alter customer_id set not null",
                "alter table customers add constraint c unique (phone, born)",
                "alter table customers add unique (phone)",
                "alter table customers add column token uuid default gen_random_uuid()",
                "alter table customers alter column name type varchar(20)",
                "alter table customers alter score set data type bigint using score::bigint",
                "alter table orders rename column paid to settled",
                "alter table public.orders rename \"status\" to \"the Status\"",
                "alter table cache rename to store",
                "alter table customers drop column note",
                "drop table cache"
            })
    void theSafeWayIsSafe(String statement) throws Exception {
        List<String> lines = safeWay(statement);
        int laterRelease = lines.indexOf(SafeWay.AFTER_RELEASE);
        String now = lines.subList(0, laterRelease < 0 ? lines.size() : laterRelease).stream()
                .collect(Collectors.joining("\n"));

        Report report = check(now);

        assertThat(lines).allMatch(line -> line.startsWith("-- ") || line.endsWith(";"));
        assertThat(report.findings()).as(statement).isEmpty();
        assertThat(report.statements().isEmpty()).isEqualTo(laterRelease == 0);
    }

    @Test
    void anIndexIsMadeConcurrently() {
        assertThat(safeWay("create unique index i\n  on orders (customer_id)"))
                .containsExactly(
                        "-- outside a transaction", "create unique index concurrently i on orders" + " (customer_id);");
    }

    @Test
    void aConstraintIsValidatedLater() {
        assertThat(safeWay("alter table orders add foreign key (customer_id) references customers (id)"))
                .containsExactly(
                        "alter table orders add foreign key (customer_id) references customers (id) not valid;",
                        "-- in its own transaction",
                        "alter table orders validate constraint orders_customer_id_fkey;");
    }

    @Test
    void notNullIsProvenByACheck() {
        assertThat(safeWay("alter table orders alter column customer_id set not null"))
                .containsExactly(
                        "alter table orders add constraint customer_id_not_null check (customer_id is not null) not valid;",
                        "-- in its own transaction",
                        "alter table orders validate constraint customer_id_not_null;",
                        "alter table orders alter column customer_id set not null;",
                        "alter table orders drop constraint customer_id_not_null;");
    }

    @Test
    void aVolatileDefaultIsForNewRows() {
        assertThat(safeWay("alter table customers add column token uuid not null default gen_random_uuid()"))
                .containsExactly(
                        "alter table customers add column token uuid;",
                        "alter table customers alter column token set default gen_random_uuid();",
                        "-- then set it in the old rows, in short batches (a batch migration)",
                        "alter table customers add constraint token_not_null check (token is not null) not valid;",
                        "-- in its own transaction",
                        "alter table customers validate constraint token_not_null;",
                        "alter table customers alter column token set not null;",
                        "alter table customers drop constraint token_not_null;");
    }

    @Test
    void aTypeIsChangedInANewColumn() {
        assertThat(safeWay("alter table customers alter column name type varchar(20) using left(name, 20)"))
                .containsExactly(
                        "alter table customers add column name_new varchar(20);",
                        "-- keep both columns in sync with a trigger, and set name_new in the old rows in short batches"
                                + " (a batch migration)",
                        "-- then make the code use name_new",
                        SafeWay.AFTER_RELEASE,
                        "alter table customers drop column name;");
    }

    @Test
    void aRenamedColumnKeepsItsOldNameInAView() {
        assertThat(safeWay("alter table customers rename column note to remark"))
                .containsExactly(
                        "begin;",
                        "alter table customers rename to customers_data;",
                        "alter table customers_data rename column note to remark;",
                        "create view customers as select *, remark as note from customers_data;",
                        "commit;",
                        "-- drop the view in a later release, when no instance uses it any more");
    }

    @Test
    void aDroppedColumnWaitsForTheRelease() {
        assertThat(safeWay("alter table customers drop column note"))
                .containsExactly(SafeWay.AFTER_RELEASE, "alter table customers drop column note;");
    }

    @Test
    void aSafeActionOfAStatementStaysAsItIs() {
        assertThat(safeWay("alter table orders add column a int, add check (status <> '')"))
                .containsExactly(
                        "alter table orders add column a int;",
                        "alter table orders add check (status <> '') not valid;",
                        "-- in its own transaction",
                        "alter table orders validate constraint orders_status_check;");
    }

    @Test
    void whatHasNoSafeWaySaysSo() throws Exception {
        assertThat(check("vacuum full orders").findings().get(0).safeWay())
                .containsExactly(
                        "-- there is no known way to do this without a lock; do it while nobody uses the table");
    }
}
