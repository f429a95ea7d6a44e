package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway's own migrations, as Flyway would run them. */
class FlywayMigrationsTest {
    @TempDir
    private Path folder;

    private DataSource emptyDatabase;

    @BeforeEach
    void shop() throws Exception {
        emptyDatabase = ThrowAway.emptied();
        script("V1__shop.sql", "create table orders (id bigint primary key, customer_id bigint, status text);");
    }

    private void script(String name, String sql) {
        ThrowAway.script(folder, name, sql);
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(emptyDatabase).locations("filesystem:" + folder);
    }

    private Report check(FluentConfiguration configuration) throws SQLException {
        // Without what an earlier check has left.
        ThrowAway.emptied();
        Flyway flyway = configuration.load();
        return Guard.on(emptyDatabase).check(FlywayMigrations.of(flyway).releasedUpTo("1"));
    }

    private static List<String> verdicts(Report report) {
        return report.statements().stream()
                .map(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.verdict().label())
                .toList();
    }

    @Test
    void pendingMigrationsAreJudgedInTheirOrder() throws Exception {
        script("V10__second.sql", "alter table fresh alter column a set not null;");
        script("V2__first.sql", "\ncreate index i on orders (status);\ncreate table fresh (a int);");

        assertThat(verdicts(check(flyway())))
                .containsExactly(
                        "V2__first.sql:2 blocks-writes", "V2__first.sql:3 harmless", "V10__second.sql:1 blocks-reads");
    }

    /** As in production, or where the last release was tested. */
    @Test
    void theHistoryOfAnotherDatabaseSaysWhatIsReleased() throws Exception {
        script("V2__first.sql", "create table fresh (a int);");
        script("R__orders.sql", "create or replace view open_orders as select id from orders;");
        Flyway production = flyway().dataSource(ThrowAway.postgres()).load();
        production.migrate();
        script("V3__second.sql", "create index i on fresh (a);");
        script("R__orders.sql", "create or replace view open_orders as select id, status from orders;");

        Report report = Guard.on(emptyDatabase).check(FlywayMigrations.of(production));

        assertThat(verdicts(report)).containsExactly("V3__second.sql:1 blocks-writes", "R__orders.sql:1 harmless");
        assertThat(production.info().pending()).hasSize(2);
    }

    @Test
    void asTheReadmeSaysIt() throws Exception {
        script("V41__more.sql", "create table more (id int);");
        script("V42__first.sql", "create index i on more (id);");
        Flyway flyway = flyway().load();

        Report report =
                Guard.on(emptyDatabase).check(FlywayMigrations.of(flyway).releasedUpTo("41"));

        assertThat(verdicts(report)).containsExactly("V42__first.sql:1 blocks-writes");
    }

    @Test
    void withoutAHistoryAllAreJudged() throws Exception {
        script("V2__first.sql", "create index i on orders (status);");
        Flyway flyway = flyway().load();

        Report report = Guard.on(emptyDatabase).check(FlywayMigrations.of(flyway));

        assertThat(verdicts(report)).containsExactly("V1__shop.sql:1 harmless", "V2__first.sql:1 blocks-writes");
    }

    @Test
    void aScriptIsOneTransaction() throws Exception {
        script("V2__both.sql", "alter table orders add column a int;\nselect count(*) from orders;");

        assertThat(check(flyway()).findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.observed())
                                .contains(
                                        "holds ACCESS EXCLUSIVE on orders until its transaction ends; line 2 reads all of orders"));
    }

    @Test
    void aScriptWithoutATransactionIsNone() throws Exception {
        script("V2__both.sql", "alter table orders add column a int;\nselect count(*) from orders;");
        script("V2__both.sql.conf", "executeInTransaction=false");

        assertThat(check(flyway()).findings()).isEmpty();
    }

    @Test
    void whatRefusesATransactionRunsInNone() throws Exception {
        script("V2__both.sql", """
                create index concurrently i on orders (status);
                create index concurrently j on orders (customer_id);
                """);

        assertThat(check(flyway()).findings()).isEmpty();
    }

    /** Flyway refuses it too. */
    @Test
    void aMixedScriptIsAFinding() throws Exception {
        script("V2__both.sql", "set lock_timeout = '1s';\ncreate index concurrently i on orders (status);");

        assertThat(verdicts(check(flyway())))
                .containsExactly("V2__both.sql:1 harmless", "V2__both.sql:2 cannot-be-judged");
        assertThat(verdicts(check(flyway().mixed(true))))
                .as("with mixed")
                .containsExactly("V2__both.sql:1 harmless", "V2__both.sql:2 harmless");
    }

    @Test
    void aGroupIsOneTransaction() throws Exception {
        script("V2__a.sql", "alter table orders add column a int;");
        script("V3__b.sql", "select count(*) from orders;");

        assertThat(verdicts(check(flyway()))).containsExactly("V2__a.sql:1 short-lock", "V3__b.sql:1 harmless");
        assertThat(verdicts(check(flyway().group(true))))
                .containsExactly("V2__a.sql:1 blocks-reads", "V3__b.sql:1 harmless");
    }

    @Test
    void placeholdersHaveTheirValues() throws Exception {
        script("V2__a.sql", "create index i on ${table} (status); comment on index i is '${flyway:filename}';");
        script("V3__b.sql", "create index j on ${nothing} (status);");

        Report report = check(flyway().placeholders(Map.of("table", "orders")));

        assertThat(verdicts(report))
                .containsExactly("V2__a.sql:1 blocks-writes", "V2__a.sql:1 harmless", "V3__b.sql:1 cannot-be-judged");
        assertThat(report.statements().get(1).statement()).contains("'V2__a.sql'");
    }

    @Test
    void theSessionIsThatOfFlyway() throws Exception {
        script("V2__a.sql", "alter table orders add column a int;");

        Report report = check(flyway().defaultSchema("elsewhere").initSql("set lock_timeout = '2s'"));

        assertThat(report.statements().get(0).observed())
                .containsExactly("holds ACCESS EXCLUSIVE on elsewhere.orders for an instant");
    }

    @Test
    void aFindingIsAcceptedAboveItsStatement() throws Exception {
        script("V2__a.sql", """
                -- guard:accept blocks-writes until 2999-01-01 because nobody orders at night
                create index i on orders (status);
                """);

        assertThat(check(flyway()).findings()).isEmpty();
    }

    @Test
    void aSchemaThatIsMadeOtherwiseStandsForWhatIsReleased() throws Exception {
        script("V2__a.sql", "create index i on orders (status);");
        Path dump = ThrowAway.script(
                folder, "dump.sql", "create table orders (id bigint, status text); create table more (id int);");

        Report report = Guard.on(emptyDatabase)
                .schema(dump)
                .check(FlywayMigrations.of(flyway().load()).releasedUpTo("1"));

        assertThat(verdicts(report)).containsExactly("V2__a.sql:1 blocks-writes");
    }

    @Test
    void aReleasedMigrationThatFailsIsSaid() throws Exception {
        script("V1__shop.sql", "create tabel orders (id int);");

        assertThatThrownBy(() -> check(flyway()))
                .hasMessageStartingWith("The schema cannot be created: V1__shop.sql:1: it does not parse:");
    }

    @Test
    void mariaDbIsAskedTheSameWay() throws Exception {
        DataSource mariaDb = ThrowAway.mariaDb();
        script("V1__shop.sql", "create table orders (id bigint primary key, status varchar(20));");
        script("V2__type.sql", "alter table orders modify status varchar(10);");
        Flyway flyway = flyway().dataSource(mariaDb)
                .javaMigrations(new WatchedCodeTest.V3__Amount())
                .load();

        Report report = Guard.on(mariaDb).check(FlywayMigrations.of(flyway).releasedUpTo("1"));

        assertThat(verdicts(report))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("V2__type.sql:1 rewrites"),
                        second -> assertThat(second).matches("WatchedCodeTest.java:\\d+ short-lock"),
                        third -> assertThat(third).matches("WatchedCodeTest.java:\\d+ cannot-be-judged"));
    }
}
