package org.asyncmigrations.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way runs its migrations once and then finds them done; here it is enough that there are figures. */
class DispatchBenchmarkIT {
    private static final int COUNT = 11;

    @TempDir
    static Path work;

    private static Server server;
    private static Ways ways;
    private static Map<String, Way> byName;

    @BeforeAll
    static void migrateEachWay() throws Exception {
        server = Server.started(work);
        ways = new Ways(work.resolve("ways"), server, COUNT);
        byName = ways.all().stream().collect(Collectors.toMap(Way::name, Function.identity()));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void oursSendsOneSelect() throws Exception {
        List<Sent> sent = ways.sentBy(byName.get(Way.OURS));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).text()).startsWith("select ").contains("async_schema_migrations");
    }

    @Test
    void theOthersFindAllDone() throws Exception {
        for (String name : List.of(Way.FLYWAY, Way.LIQUIBASE)) {
            assertThat(ways.sentBy(byName.get(name)))
                    .hasSizeGreaterThan(1)
                    .extracting(Sent::text)
                    .noneMatch(text -> text.startsWith("update customers"));
        }
    }

    @Test
    void aStartTellsWhatItTook() throws Exception {
        for (Way way : byName.values()) {
            Took took = way.cold();
            assertThat(took.held()).hasSize(1);
            assertThat(took.heldMillis()).isPositive();
            assertThat(took.cpuSeconds()).isPositive();
        }
    }

    @Test
    void warmCallsAreToldWithoutThoseBeforeThem() throws Exception {
        for (Way way : byName.values()) {
            assertThat(way.warm(4).held()).hasSize(4);
        }
    }

    @Test
    void aStartWithWorkLeftIsNotMeasured() throws Exception {
        String database = ways.database(Way.OURS);
        server.execute(database, "update async_schema_migrations set state = 'pending' ");
        try {
            assertThatThrownBy(byName.get(Way.SELECT)::cold).hasMessageContaining("all migrations must be done");
        } finally {
            server.execute(database, "update async_schema_migrations set state = 'done'");
        }
    }
}
