package org.asyncmigrations.example.threereleases.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The example with fewer instances and rows. {@code -Dthree-releases.long} chooses the whole size, and
 * {@code -Dthree-releases.database=mariadb} that database, on which it has not run yet.
 */
final class ThreeReleasesTest {
    private static final String DATABASE = System.getProperty("three-releases.database", "postgresql");

    private static final Plan PLAN = System.getProperty("three-releases.long") == null ? Plan.SHORT : Plan.FULL;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noRequestFailsAndBothSidesAreInStepThoughInstancesAreKilled() throws Exception {
        boolean isRight = ThreeReleases.run(out, PLAN, DATABASE, true);

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(story)
                .containsPattern("kill -9 .* of release 2, in the middle of ExpandName")
                .containsPattern("kill -9 .* of release 2, in the middle of FillName")
                .containsPattern("50 million euros: failed: .*until the contract step")
                .containsPattern("still runs? a build without 20261208_090000")
                .containsPattern("kill -9 .* of release 3, in the middle of ContractName")
                .contains("50 million euros: ok")
                .contains("customers has [id, first_name, last_name], orders has [id, total_cents]")
                .contains("; 0 triggers and functions are left; 0 rows are wrong")
                .contains(" requests, 0 failed,", "; 0 were out of step");
        assertThat(isRight).as(story).isTrue();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noRequestFailsThoughTheExpansionIsTakenBack() throws Exception {
        boolean isRight = ThreeReleases.run(out, PLAN, DATABASE, false);

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(story)
                .contains("UndoName done", "UndoTotal done")
                .contains("customers has [id, name], orders has [id, cents]")
                .contains("; 0 triggers and functions are left; 0 rows are wrong")
                .contains(" requests, 0 failed,", "; 0 were out of step");
        assertThat(isRight).as(story).isTrue();
    }
}
