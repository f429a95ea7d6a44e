package org.asyncmigrations.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.junit.jupiter.api.Test;

/** A short run has its figures. */
class TenantsBenchmarkIT {
    @Test
    void allRegistriesWaitAndAreDoneInThePool() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TenantsBenchmark benchmark = new TenantsBenchmark();
            List<String> words = List.of("--tenants=3", "--threads=2", "--rows=100", "--lull=0", "--seconds=1");
            benchmark.run(Arguments.of(words, benchmark.arguments()));
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| 3 +\\| +\\d+ \\| +\\d+ \\| +\\d+ \\|");
    }
}
