package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.asyncmigrations.guard.StatementsTest.Case;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
