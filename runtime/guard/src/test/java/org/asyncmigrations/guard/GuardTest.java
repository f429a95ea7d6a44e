package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    private static final Path SHOP = ThrowAway.resource("shop.sql");

    @TempDir
    private Path folder;

    private Report check(String sql) throws Exception {
        return Guard.on(ThrowAway.emptied()).schema(SHOP).check(ThrowAway.script(folder, "V8__change.sql", sql));
    }

    private static List<Verdict> verdicts(Report report) {
        return report.statements().stream().map(Finding::verdict).toList();
    }

    @Test
    void aLockIsJudgedByTheLongestStatementThatItIsHeldFor() throws Exception {
        Report report = check("""
                begin;
                alter table customers add column nick text;
                create index i on orders (customer_id);
                alter table orders add column nick text;
                commit;
                """);

        assertThat(verdicts(report)).containsExactly(Verdict.BLOCKS_READS, Verdict.BLOCKS_WRITES, Verdict.SHORT_LOCK);
        assertThat(report.statements().get(0).observed())
                .contains("holds ACCESS EXCLUSIVE on customers until its transaction ends; line 3 reads all of orders");
        assertThat(report.statements().get(0).safeWay())
                .singleElement()
                .asString()
                .contains("its own transaction");
    }

    @Test
    void notValidAndItsValidationInOneTransactionBlock() throws Exception {
        String both = """
                alter table orders add constraint c check (status <> '') not valid;
                alter table orders validate constraint c;
                """;

        assertThat(verdicts(check("begin;\n" + both + "commit;")))
                .containsExactly(Verdict.BLOCKS_READS, Verdict.HARMLESS);
        assertThat(verdicts(check(both))).containsExactly(Verdict.SHORT_LOCK, Verdict.HARMLESS);
    }

    @Test
    void aToolMayRunTheWholeScriptInOneTransaction() throws Exception {
        Path script = ThrowAway.script(folder, "V8__both.sql", """
                alter table customers add column nick text;
                select count(*) from orders;
                """);

        assertThat(verdicts(Guard.on(ThrowAway.emptied())
                        .schema(SHOP)
                        .inOneTransaction()
                        .check(script)))
                .containsExactly(Verdict.BLOCKS_READS, Verdict.HARMLESS);
        assertThat(verdicts(Guard.on(ThrowAway.emptied()).schema(SHOP).check(script)))
                .containsExactly(Verdict.SHORT_LOCK, Verdict.HARMLESS);
    }

    @Test
    void aTableOfTheSameScriptIsNobodyElses() throws Exception {
        assertThat(verdicts(check("""
                        create table fresh (id bigint, name text);
                        create index i on fresh (name);
                        alter table fresh rename name to title;
                        """))).containsOnly(Verdict.HARMLESS);
    }

    @Test
    void eachScriptIsJudgedOnTheSchemaThatThoseBeforeItHaveLeft() throws Exception {
        Report report = Guard.on(ThrowAway.emptied())
                .schema(SHOP)
                .check(
                        ThrowAway.script(folder, "V8.sql", "create table fresh (id bigint, name text);"),
                        ThrowAway.script(folder, "V9.sql", "create index i on fresh (name);"));

        assertThat(verdicts(report)).containsExactly(Verdict.HARMLESS, Verdict.BLOCKS_WRITES);
        assertThat(report.findings()).extracting(Finding::file).containsExactly("V9.sql");
    }

    @Test
    void aViewInThePlaceOfARenamedTableBreaksNobody() throws Exception {
        assertThat(check("""
                                begin;
                                alter table cache rename to store;
                                create view cache as select * from store;
                                commit;
                                """).findings()).isEmpty();
    }

    @Test
    void statementsOutsideOfTransactionsAreWatchedByOthers() throws Exception {
        Report report = check("""
                create index concurrently i on orders (customer_id);
                reindex index concurrently orders_status;
                drop index concurrently orders_status;
                vacuum orders;
                vacuum full orders;
                alter table events detach partition events_2026 concurrently;
                """);

        assertThat(verdicts(report))
                .containsExactly(
                        Verdict.HARMLESS,
                        Verdict.HARMLESS,
                        Verdict.HARMLESS,
                        Verdict.HARMLESS,
                        Verdict.REWRITES,
                        Verdict.SHORT_LOCK);
        assertThat(report.statements().get(4).observed())
                .contains("holds ACCESS EXCLUSIVE on orders while it rewrites all of orders");
    }

    @Test
    void aLockWithoutALimitIsSaid() throws Exception {
        Report report = check("""
                alter table orders add column a text;
                set lock_timeout = '200ms';
                alter table orders add column b text;
                """);

        assertThat(report.statements().get(0).observed()).anyMatch(sentence -> sentence.contains("set lock_timeout"));
        assertThat(report.statements().get(2).observed())
                .containsExactly("holds ACCESS EXCLUSIVE on orders for an instant");
    }

    @Test
    void theSearchPathOfAScriptIsItsOwn() throws Exception {
        Report report = check("""
                set search_path = elsewhere;
                set default_transaction_isolation = serializable;
                create table orders (id bigint);
                alter table public.orders add column a text;
                truncate public.orders;
                """);

        assertThat(verdicts(report))
                .containsExactly(
                        Verdict.HARMLESS,
                        Verdict.HARMLESS,
                        Verdict.HARMLESS,
                        Verdict.SHORT_LOCK,
                        Verdict.BREAKS_OLD_CODE);
    }

    @Test
    void aScriptMayEndTheTransactionOfItsTool() throws Exception {
        Path script = ThrowAway.script(folder, "V8.sql", """
                alter table customers add column nick text;
                commit;
                select count(*) from orders;
                """);

        assertThat(verdicts(Guard.on(ThrowAway.emptied())
                        .schema(SHOP)
                        .inOneTransaction()
                        .check(script)))
                .containsExactly(Verdict.SHORT_LOCK, Verdict.HARMLESS, Verdict.HARMLESS);
    }

    @Test
    void settingsOfOneScriptEndWithIt() throws Exception {
        Report report = Guard.on(ThrowAway.emptied())
                .schema(SHOP)
                .check(
                        ThrowAway.script(folder, "V8.sql", "set lock_timeout = '200ms';"),
                        ThrowAway.script(folder, "V9.sql", "alter table orders add column a text;"));

        assertThat(report.statements().get(1).observed()).anyMatch(sentence -> sentence.contains("set lock_timeout"));
    }

    @Test
    void aDatabaseWithTablesIsRefused() throws Exception {
        DataSource used = ThrowAway.emptied();
        try (Connection connection = used.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table a (id int); create table b (id int); create view c as select 1 as one; create schema s;"
                            + " create table s.d (id int)");
        }

        assertThatThrownBy(() -> Guard.on(used))
                .hasMessage(
                        "The guard needs a database without tables; this one has 4 (a, b, c, …). Create a new database for"
                                + " it.");
    }

    @Test
    void aSchemaThatCannotBeMadeIsRefused() throws Exception {
        Guard guard = Guard.on(ThrowAway.emptied());
        Path broken = ThrowAway.script(folder, "V1.sql", "create table a (id int);\n\ncreate index i on b (id);");

        assertThatThrownBy(() -> guard.schema(broken))
                .hasMessageStartingWith(
                        "The schema cannot be created: V1.sql:3: it fails in the throw-away database: ERROR: relation"
                                + " \"b\" does not exist");
    }

    @Test
    void aDumpIsASchema() throws Exception {
        Path dump = ThrowAway.script(folder, "dump.sql", """
                \\restrict abc
                select pg_catalog.set_config('search_path', '', false);
                create table public.dumped (id bigint);
                copy public.dumped (id) from stdin;
                1
                2
                \\.
                \\unrestrict abc
                """);

        Report report = Guard.on(ThrowAway.emptied())
                .schema(dump)
                .check(ThrowAway.script(folder, "V2.sql", "create index i on dumped (id);"));

        assertThat(verdicts(report)).containsExactly(Verdict.BLOCKS_WRITES);
    }

    private Report on(String day, String sql) throws Exception {
        return Guard.on(ThrowAway.emptied(), () -> Instant.parse(day + "T12:00:00Z"))
                .schema(SHOP)
                .check(ThrowAway.script(folder, "V8__change.sql", sql));
    }

    private static final String ACCEPTED = """
            -- guard:accept blocks-writes until 2027-03-01 because nobody orders at night
            create index i on orders (customer_id);
            """;

    @Test
    void anAcceptedFindingNeedsNoDecision() throws Exception {
        Report report = on("2027-03-01", ACCEPTED);

        assertThat(report.findings()).isEmpty();
        assertThat(report.statements().get(0).accepted()).contains("until 2027-03-01, because nobody orders at night");
        assertThat(report).hasToString("1 statement: 1 blocks-writes; 1 accepted\n");
    }

    @Test
    void anAcceptanceExpires() throws Exception {
        assertThat(on("2027-03-02", ACCEPTED).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .contains("the acceptance above it has expired on 2027-03-01 (nobody orders at night)"));
    }

    @Test
    void anAcceptanceIsForOneVerdict() throws Exception {
        assertThat(on("2026-12-01", ACCEPTED.replace("blocks-writes", "rewrites"))
                        .findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.observed()).contains("the acceptance above it is for rewrites"));
    }

    @Test
    void anAcceptanceWithoutADayOrAReasonIsSaid() throws Exception {
        for (String wrong :
                List.of("blocks-writes", "blocks-writes until 2027-13-01 because x", "blocks-writes because x")) {
            assertThat(on("2026-12-01", "-- guard:accept " + wrong + "\ncreate index i on orders (customer_id);")
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.observed())
                            .contains("the acceptance above it cannot be read; its form is:"
                                    + " -- guard:accept blocks-writes until 2027-03-01 because …"));
        }
    }

    @Test
    void anAcceptanceIsForOneStatement() throws Exception {
        assertThat(on("2026-12-01", ACCEPTED + "create index j on orders (paid);")
                        .findings())
                .extracting(Finding::line)
                .containsExactly(3);
    }
}
