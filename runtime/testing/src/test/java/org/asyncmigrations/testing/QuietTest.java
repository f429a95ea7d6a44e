package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.asyncmigrations.By;
import org.junit.jupiter.api.Test;

/** What the kit provokes is not logged, at the level that applications have. */
class QuietTest {
    @Test
    void neitherAPassingNorAFailingRunLogsAnything() throws Exception {
        assertThat(logged(SampleRegistry.of(By.PENDING_ROWS, GoodSamples.LowerNames::new)
                        .and(By.TRANSACTION, GoodSamples.AddInterest::new)))
                .isEmpty();
        assertThat(logged(SampleRegistry.of(By.GUARD, BadSamples.GuardNever::new)))
                .isEmpty();
    }

    private static String logged(SampleRegistry registry) throws Exception {
        MigrationTests tests = MigrationTests.of(registry::builder)
                .on(SampleDatabase.H2.fresh())
                .given(Accounts::fill);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Results.of(tests);
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
