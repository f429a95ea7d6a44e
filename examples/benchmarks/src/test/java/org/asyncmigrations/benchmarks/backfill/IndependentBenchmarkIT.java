package org.asyncmigrations.benchmarks.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.junit.jupiter.api.Test;

/** A short run fills both tables in both orders. */
class IndependentBenchmarkIT {
    @Test
    void bothOrdersHaveTheirFigures() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            IndependentBenchmark benchmark = new IndependentBenchmark();
            List<String> words = List.of("--rows=2000", "--others=500", "--runs=1");
            benchmark.run(Arguments.of(words, benchmark.arguments()));
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| one after the other +\\| +[\\d.]+ \\| +[\\d,]+ \\|")
                .containsPattern("\\| independent +\\| +[\\d.]+ \\| +[\\d,]+ \\|");
    }
}
