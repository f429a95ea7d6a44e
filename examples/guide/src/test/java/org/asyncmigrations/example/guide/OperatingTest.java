package org.asyncmigrations.example.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.example.guide.migrations.Services;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A migration that fails, and the orders and queries that the guide to operating shows for that. */
class OperatingTest {
    private static final Path GUIDE = Path.of("..", "..", "runtime", "OPERATING.md");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final List<String> alarms = Collections.synchronizedList(new ArrayList<>());

    private EmbeddedPostgres server;
    private DSLContext dsl;

    @BeforeEach
    void ordersAndSessions() throws IOException {
        server = EmbeddedPostgres.start();
        dsl = DSL.using(server.getPostgresDatabase(), SQLDialect.POSTGRES);
        dsl.execute(Files.readString(Path.of("src", "main", "resources", "schema.sql")));
        dsl.execute(Files.readString(Path.of("src", "test", "resources", "rows.sql")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void whatFailedIsSeenMendedAndGoesOn() throws Exception {
        try (AsyncMigrationRegistry migrations = registry(OperatingTest::noGerman)) {
            assertThat(migrations.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
            assertThat(printed(migrations)).contains("GuessLanguages", "row 018f0000", "no German");
            assertThat(alarms).hasSize(1).first().asString().startsWith("migration 20261101091500 has failed");
            assertThat(migrations.indexOrdersByCustomer().isDone()).isFalse();
            for (String query : queries()) {
                boolean isOfRanges = query.contains("async_migration_ranges");
                assertThat(dsl.fetch(query).isEmpty()).as(query).isEqualTo(isOfRanges);
            }
            Operating.holdLanguages(migrations);
            Operating.approveLanguages(migrations);
        }
        assertThat(dsl.execute(update())).isEqualTo(1);
        try (AsyncMigrationRegistry migrations = registry(OperatingTest::noGerman)) {
            assertThat(migrations.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
        }
        try (AsyncMigrationRegistry migrations = registry(Languages.bySingleWords())) {
            Operating.retryFixedRows(migrations);
            assertThat(migrations.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            assertThat(new Invoices(migrations, dsl).total(1)).isEqualTo(2049);
            assertThat(printed(migrations)).isEmpty();
        }
    }

    @Test
    void whatDependsOnABackFillSaysSoAndWhatIsGivenUpIsDone() throws Exception {
        try (AsyncMigrationRegistry migrations = registry(OperatingTest::noGerman)) {
            assertThatThrownBy(() -> new Invoices(migrations, dsl).total(1))
                    .isInstanceOf(MigrationNotDoneException.class);
            assertThat(migrations.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
            Operating.giveUp(migrations);
            assertThat(migrations.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
        }
    }

    private record MyServices(Languages languages) implements Services {}

    private AsyncMigrationRegistry registry(Languages languages) {
        return AsyncMigrationRegistry.builder(server.getPostgresDatabase(), new MyServices(languages))
                .listener(Operating.alarms(alarms::add))
                .assumeNoOlderInstances()
                .settleTime(Duration.ofMillis(100))
                .build();
    }

    private static String noGerman(String text) {
        if (text.contains("bitte")) {
            throw new IllegalArgumentException("no German");
        }
        return "en";
    }

    private static String printed(AsyncMigrationRegistry migrations) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Operating.printFailures(migrations, new PrintStream(bytes));
        return bytes.toString();
    }

    private static List<String> queries() throws IOException {
        return sql().filter(sql -> sql.startsWith("select")).toList();
    }

    private static String update() throws IOException {
        return sql().filter(sql -> sql.startsWith("update")).findAny().orElseThrow();
    }

    private static Stream<String> sql() throws IOException {
        return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult block) -> block.group(1));
    }
}
