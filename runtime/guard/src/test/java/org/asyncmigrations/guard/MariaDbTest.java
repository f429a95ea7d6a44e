package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.asyncmigrations.guard.StatementsTest.Case;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MariaDB allows for each kind of statement. */
class MariaDbTest {
    private static final Path SHOP = ThrowAway.resource("mariadb-shop.sql");
    private static List<Finding> findings;

    @TempDir
    private Path folder;

    static List<Case> cases() throws Exception {
        return StatementsTest.cases("mariadb.txt");
    }

    @BeforeAll
    static void judgeAll(@TempDir Path folder) throws Exception {
        List<Case> cases = cases();
        Path[] scripts = IntStream.range(0, cases.size())
                .mapToObj(number -> ThrowAway.script(
                        folder, number + ".sql", cases.get(number).statement() + ";"))
                .toArray(Path[]::new);
        findings = Guard.on(ThrowAway.mariaDb()).schema(SHOP).check(scripts).statements();
        assertThat(findings).hasSameSizeAs(cases);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudged(Case each) {
        Finding finding = findings.get(each.number());

        assertThat(finding.statement()).isEqualTo(each.statement());
        assertThat(finding.verdict().label()).as(finding.toString()).isEqualTo(each.verdict());
    }

    @Test
    void theAlgorithmIsSaid() throws Exception {
        Finding finding = Guard.on(ThrowAway.mariaDb())
                .schema(SHOP)
                .check(ThrowAway.script(folder, "V8.sql", "alter table customers modify score bigint;"))
                .statements()
                .get(0);

        assertThat(Files.readString(Path.of("README.md"))).contains("```\n" + finding + "```\n");
        assertThat(finding.observed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | alter table customers modify score int not null
                    2 | alter table customers add unique key c (phone)
                    2 | create unique index i on orders (status)
                    1 | alter table orders add constraint c check (status <> '')
                    2 | alter table orders add constraint c foreign key (customer_id) references customers (id)
                    2 | alter table customers modify name varchar(10)
                    1 | alter table customers modify score smallint
                    1 | alter table customers modify score tinyint unsigned
                    """)
    void aQueryTellsWhetherTheLiveRowsFit(long misfits, String statement) throws Exception {
        List<String> queries = queries(statement);
        assertThat(queries).hasSize(1);
        DataSource database = ThrowAway.mariaDb();
        Guard.on(database).schema(SHOP);
        try (Connection live = database.getConnection();
                Statement sent = live.createStatement()) {
            for (String fill : List.of(
                    "delete from customers",
                    "delete from orders",
                    "insert into customers (id, email, name, phone, score) values (11, 'a', 'short', '1', 5),"
                            + " (12, 'b', 'quite a long name', '1', 70000), (13, 'c', 'quite a longer name', null, null)",
                    "insert into orders (id, customer_id, status) values (11, 11, ''), (12, 9, 'new'), (13, 9, 'new')")) {
                sent.execute(fill);
            }
            try (ResultSet row = sent.executeQuery(queries.get(0))) {
                row.next();
                assertThat(row.getLong(row.getMetaData().getColumnCount()))
                        .as(queries.get(0))
                        .isEqualTo(misfits);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table customers modify score bigint",
                "alter table customers modify name varchar(50)",
                "alter table customers add column age int not null default 0",
                "create index i on orders (customer_id)"
            })
    void whatAsksNothingOfOldRowsHasNoQuery(String statement) throws Exception {
        assertThat(queries(statement)).isEmpty();
    }

    private List<String> queries(String statement) throws Exception {
        return Guard.on(ThrowAway.mariaDb())
                .schema(SHOP)
                .check(ThrowAway.script(folder, "V8.sql", statement + ";"))
                .statements()
                .get(0)
                .observed()
                .stream()
                .filter(sentence -> sentence.startsWith(Judgement.ROW_FIT))
                .map(sentence -> sentence.substring(Judgement.ROW_FIT.length()))
                .toList();
    }

    @Test
    void aTableOfTheSameScriptIsNobodyElses() throws Exception {
        assertThat(Guard.on(ThrowAway.mariaDb())
                        .schema(SHOP)
                        .check(ThrowAway.script(
                                folder, "V8.sql", "create table fresh (a int); alter table fresh modify a bigint;"))
                        .findings())
                .isEmpty();
    }

    /** A pool may close a connection for an error that says "not supported". */
    @Test
    void aPoolIsNoObstacle() throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(ThrowAway.mariaDb());
        pool.setMaximumPoolSize(1);
        try (HikariDataSource source = new HikariDataSource(pool)) {
            assertThat(Guard.on(source)
                            .schema(SHOP)
                            .check(ThrowAway.script(folder, "V8.sql", "alter table customers modify score bigint;"))
                            .findings())
                    .extracting(Finding::verdict)
                    .containsExactly(Verdict.REWRITES);
        }
    }

    @Test
    void aDatabaseWithTablesIsRefused() throws Exception {
        var used = ThrowAway.mariaDb();
        Guard.on(used).schema(ThrowAway.script(folder, "V1.sql", "create table a (id int);"));

        assertThatThrownBy(() -> Guard.on(used)).hasMessageContaining("this one has 1 (a)");
    }
}
