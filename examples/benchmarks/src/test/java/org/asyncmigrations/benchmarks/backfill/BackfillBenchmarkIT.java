package org.asyncmigrations.benchmarks.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.benchmarks.backfill.server.Check;
import org.asyncmigrations.benchmarks.backfill.server.PostgresServer;
import org.asyncmigrations.benchmarks.backfill.server.Server;
import org.asyncmigrations.benchmarks.backfill.way.Ways;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way fills each row, which the trial itself checks; here it is enough that there are figures. */
class BackfillBenchmarkIT {
    private static final int ROWS = 4_000;
    private static Server server;

    @TempDir
    Path work;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer(ROWS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** Ways that differ in more than their number of workers. */
    static List<String> ways() {
        return Ways.names().stream().filter(way -> !way.matches(".*-[14]")).toList();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachWayFillsEachRow(String way) throws Exception {
        Run run = trial().run(way);

        assertThat(run.rowsPerSecond()).isPositive();
        assertThat(run.outcome().liveMegabytes()).isPositive();
    }

    @Test
    void theClientIsMeasuredAndThePictureDrawn() throws Exception {
        Run run = trial().run(Ways.TWO_JDBC_LOOPS);

        assertThat(run.batches()).hasSize(8).allMatch(batch -> batch.rows() == 500);
        assertThat(new Picture(Map.of(Ways.TWO_JDBC_LOOPS, List.of(run)), work).write("test"))
                .isNotEmptyFile();
    }

    /** The account contains each moment of each worker once. */
    @Test
    void theAccountAddsUpToTheTimeOfTheWorkers() throws Exception {
        Run run = trial(Map.of("account", "true", "client", "false")).run(Ways.SET_BASED);

        double sum = run.account().values().stream().mapToDouble(part -> part).sum();
        assertThat(run.account()).containsKey("change");
        assertThat(sum).isBetween(2 * run.seconds(), 2.2 * run.seconds());
        assertThat(run.waits().writes()).isEmpty();
        Account account = new Account(Map.of(Ways.SET_BASED, List.of(run)));
        assertThat(account.table()).contains("| the rest").contains("| the run");
        assertThat(account.draw(work, "test")).isNotEmptyFile();
    }

    @Test
    void aRowThatIsNotFilledIsAnError() throws Exception {
        server.reset(ROWS);

        assertThatThrownBy(() -> Check.run(server.url(), ROWS, ROWS, 0))
                .hasMessageContaining("filled rightly: there must be 4000, and there are 0");
    }

    private Trial trial() {
        return trial(Map.of());
    }

    private Trial trial(Map<String, String> more) {
        Map<String, String> arguments = new HashMap<>(Map.of("rows", "" + ROWS, "warm", "500", "batch", "500"));
        arguments.putAll(more);
        return new Trial(server, Plan.of(new Arguments(arguments)), work);
    }
}
