package org.asyncmigrations.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.junit.jupiter.api.Test;

/** A short run has a figure for each call. */
class StatusBenchmarkIT {
    @Test
    void eachCallHasItsFigures() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            StatusBenchmark benchmark = new StatusBenchmark();
            benchmark.run(Arguments.of(List.of("--migrations=10", "--instances=3", "--runs=3"), benchmark.arguments()));
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| Operator.status\\(\\) +\\| +\\d+ \\| +\\d+ \\| +[\\d.,]+ \\| +[\\d.]+ \\|")
                .contains("plain select of the same rows");
    }
}
