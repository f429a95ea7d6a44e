package org.asyncmigrations.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.junit.jupiter.api.Test;

/** A short run has a figure for each reason. */
class WaitingBenchmarkIT {
    @Test
    void eachCauseHasItsFigures() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            WaitingBenchmark benchmark = new WaitingBenchmark();
            benchmark.run(
                    Arguments.of(List.of("--migrations=20", "--instances=1", "--seconds=1"), benchmark.arguments()));
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| failed +\\| +1 \\| +[\\d.]+ \\| +[\\d.]+ \\| +[\\d.]+ \\|")
                .contains("| gate ");
    }
}
