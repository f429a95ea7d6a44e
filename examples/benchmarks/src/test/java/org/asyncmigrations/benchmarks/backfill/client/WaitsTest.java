package org.asyncmigrations.benchmarks.backfill.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitsTest {
    @Test
    void aPercentileIsAWaitThatWasThere() {
        Waits waits = waits(200);
        assertThat(waits.percentile(50)).isEqualTo(100);
        assertThat(waits.percentile(99)).isEqualTo(198);
        assertThat(waits.longest()).isEqualTo(200);
    }

    @Test
    void ofOneWriteEachPercentileIsThatOne() {
        assertThat(waits(1).percentile(50)).isEqualTo(1);
        assertThat(waits(1).percentile(99)).isEqualTo(1);
    }

    @Test
    void ofNoWriteThereIsNone() {
        assertThat(waits(0).percentile(99)).isNaN();
        assertThat(waits(0).longest()).isNaN();
    }

    /** {@return waits of 1, 2, 3 … milliseconds, the longest first} */
    private static Waits waits(int number) {
        List<Waits.Wait> writes = IntStream.range(0, number)
                .mapToObj(i -> new Waits.Wait(i, number - i))
                .toList();
        return new Waits(writes);
    }
}
