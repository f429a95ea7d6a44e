package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL is seen to do for each kind of statement that a schema can be changed with. */
class StatementsTest {
    private static List<Case> cases;
    private static List<Finding> findings;

    record Case(int number, String verdict, String statement) {
        @Override
        public String toString() {
            return statement;
        }
    }

    static List<Case> cases() throws IOException {
        return cases("statements.txt");
    }

    static List<Case> cases(String resource) throws IOException {
        List<String> lines = Files.readAllLines(ThrowAway.resource(resource)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return Stream.iterate(0, number -> number < lines.size(), number -> number + 1)
                .map(number -> new Case(
                        number,
                        lines.get(number).split(": ", 2)[0],
                        lines.get(number).split(": ", 2)[1]))
                .toList();
    }

    @BeforeAll
    static void judgeAll(@TempDir Path folder) throws Exception {
        cases = cases();
        String script = cases.stream()
                .map(each -> "begin;\n" + each.statement() + ";\nrollback;\n")
                .collect(Collectors.joining());
        findings = Guard.on(ThrowAway.postgres())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "all.sql", script))
                .statements();
    }

    @AfterAll
    static void thereAreAsManyFindingsAsStatements() {
        assertThat(findings).hasSameSizeAs(cases).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudged(Case each) {
        Finding finding = findings.get(each.number());

        assertThat(finding.statement()).isEqualTo(each.statement());
        assertThat(finding.verdict().label()).as(finding.toString()).isEqualTo(each.verdict());
    }
}
