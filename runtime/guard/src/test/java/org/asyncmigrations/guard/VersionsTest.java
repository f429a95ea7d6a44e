package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between versions of PostgreSQL, on the one that the build has. */
class VersionsTest {
    private static final int OLDEST = 14;

    @TempDir
    private Path folder;

    private static List<String[]> rows() throws Exception {
        return Files.readAllLines(ThrowAway.resource("versions.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .toList();
    }

    @Test
    void eachStatementHasTheVerdictOfThisVersion() throws Exception {
        DataSource database = ThrowAway.postgres();
        int version;
        try (Connection connection = database.getConnection()) {
            version = connection.getMetaData().getDatabaseMajorVersion();
        }
        String script = rows().stream()
                .map(row -> "begin;\n" + row[0] + ";\nrollback;\n")
                .collect(Collectors.joining());

        Report report = Guard.on(database)
                .schema(ThrowAway.resource("shop.sql"), ThrowAway.resource("checks.sql"))
                .check(ThrowAway.script(folder, "all.sql", script));

        assertThat(report.statements())
                .extracting(finding -> finding.verdict().label())
                .as(report.toString())
                .containsExactlyElementsOf(
                        rows().stream().map(row -> row[1 + version - OLDEST]).toList());
    }

    @Test
    void theReadmeHasTheTable() throws Exception {
        String table = rows().stream()
                .map(row -> "| `%s` | %s |\n"
                        .formatted(row[0], Stream.of(row).skip(1).collect(Collectors.joining(" | "))))
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }
}
