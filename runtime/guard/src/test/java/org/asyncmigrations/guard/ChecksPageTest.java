package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page with each check of strong_migrations and online_migrations: its verdicts are those that are seen here. */
class ChecksPageTest {
    private static final Path PAGE = Path.of("CHECKS.md");
    private static final String BEGIN = "| --- | --- | --- | --- | --- | --- | --- |\n";

    @TempDir
    private Path folder;

    private record Row(String check, String gems, String theySay, String postgres, String mariaDb, String right) {
        static Row of(String line) {
            String[] cells = line.split(" \\| ");
            return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }
    }

    private static List<Row> rows() throws Exception {
        return Files.readAllLines(ThrowAway.resource("checks.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    /** To have the page written anew, copy the file that the failed test names. */
    @Test
    void thePageHasEachCheckWithItsVerdict() throws Exception {
        Guard postgres =
                Guard.on(ThrowAway.postgres()).schema(ThrowAway.resource("shop.sql"), ThrowAway.resource("checks.sql"));
        Guard mariaDb = Guard.on(ThrowAway.mariaDb())
                .schema(
                        ThrowAway.resource("mariadb-shop.sql"),
                        ThrowAway.script(folder, "more.sql", "create table cached (name varchar(50) primary key);"));
        List<Row> rows = rows();
        Map<Integer, String> onPostgres = verdicts(postgres, rows.stream().map(Row::postgres), true);
        Map<Integer, String> onMariaDb = verdicts(mariaDb, rows.stream().map(Row::mariaDb), false);
        StringBuilder table = new StringBuilder();
        for (int at = 0; at < rows.size(); at++) {
            Row row = rows.get(at);
            table.append("| %s | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.check(),
                            row.gems(),
                            row.theySay(),
                            row.postgres().equals("-") ? "" : "`" + row.postgres() + "`",
                            onPostgres.getOrDefault(at + 1, ""),
                            onMariaDb.getOrDefault(at + 1, ""),
                            row.right()));
        }
        String page = Files.exists(PAGE) ? Files.readString(PAGE) : BEGIN;
        String expected = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table;
        Path seen = Files.writeString(Path.of("target", "CHECKS.md"), expected);

        assertThat(page).as(seen.toString()).isEqualTo(expected);
    }

    /** By line, the worst of the statements there; what may be in a transaction is rolled back on PostgreSQL. */
    private Map<Integer, String> verdicts(Guard guard, Stream<String> lines, boolean rollsBack) {
        String script = lines.map(sql -> sql.equals("-")
                        ? "\n"
                        : rollsBack && !sql.contains("concurrently") ? "begin; " + sql + "; rollback;\n" : sql + ";\n")
                .collect(Collectors.joining());
        Map<Integer, Verdict> worst = new HashMap<>();
        guard.check(ThrowAway.script(folder, "checks.sql", script))
                .statements()
                .forEach(finding -> worst.merge(
                        finding.line(), finding.verdict(), BinaryOperator.maxBy(Comparator.<Verdict>naturalOrder())));
        return worst.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, line -> line.getValue().label()));
    }
}
