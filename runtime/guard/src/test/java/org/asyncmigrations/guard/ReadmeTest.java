package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path SHOP = ThrowAway.resource("shop.sql");
    private static final Path CHECKOUT = ThrowAway.resource("V7__checkout.sql");

    private final DataSource emptyDatabase = ThrowAway.postgres();

    ReadmeTest() throws SQLException {}

    /** The README's test; this script fails it. */
    private void nextReleaseBlocksNobody() {
        Report report = Guard.on(emptyDatabase).schema(SHOP).check(CHECKOUT);

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aTestFailsWithTheFindings() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::nextReleaseBlocksNobody))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("V7__checkout.sql:1: blocks-writes");
    }

    @Test
    void theReportIsAsTheReadmeShowsIt() throws Exception {
        Report report = Guard.on(emptyDatabase, () -> Instant.parse("2026-12-01T12:00:00Z"))
                .schema(SHOP)
                .check(CHECKOUT);

        assertThat(Files.readString(Path.of("README.md"))).contains("```\n" + report + "```\n");
    }

    /** One table of the script is not there, so the other finding stays. */
    @Test
    void theLiveDatabaseMayBeAsked() throws Exception {
        DataSource production = ThrowAway.postgres();
        try (Connection connection = production.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers (id bigint)");
        }

        Report report = Guard.on(emptyDatabase).schema(SHOP).live(production).check(CHECKOUT);

        assertThat(report.findings()).extracting(Finding::line).contains(1).doesNotContain(3);
    }

    @Test
    void theReadmeShowsTheScript() throws Exception {
        assertThat(Files.readString(Path.of("README.md"))).contains("```sql\n" + Files.readString(CHECKOUT) + "```\n");
    }

    @Test
    void theReadmeNamesEachVerdict() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(Verdict.values())
                .allSatisfy(verdict -> assertThat(readme).contains("| `" + verdict.label() + "` |"));
    }
}
