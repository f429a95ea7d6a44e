package org.asyncmigrations.example.threereleases.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The example with fewer instances and customers. {@code -Dthree-releases.long=true} chooses the full size, and takes it back, too. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ThreeReleasesTest {
    private static final String LONG = "three-releases.long";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void noRequestFailsAndBothSidesAreInStepThoughInstancesAreKilled() throws Exception {
        boolean isRight = ThreeReleases.run(out, Boolean.getBoolean(LONG) ? Plan.FULL : Plan.SHORT, true);

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(isRight).as(story).isTrue();
        assertThat(story)
                .containsPattern("kill -9 .* of release 2, in the middle of AddCustomerNames")
                .containsPattern("kill -9 .* of release 2, in the middle of FillCustomerNames")
                .containsPattern("still runs? a build without 20261208_090000")
                .containsPattern("kill -9 .* of release 3, in the middle of DropCustomerName")
                .contains(
                        "customers has [id, first_name, last_name]; 0 triggers and functions are left; 0 rows are wrong")
                .contains(" requests, 0 failed,", "; 0 were out of step");
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true")
    void noRequestFailsThoughTheExpansionIsTakenBack() throws Exception {
        boolean isRight = ThreeReleases.run(out, Plan.FULL, false);

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(isRight).as(story).isTrue();
        assertThat(story)
                .contains("UndoCustomerNames done")
                .contains("customers has [id, name]; 0 triggers and functions are left; 0 rows are wrong")
                .contains(" requests, 0 failed,", "; 0 were out of step");
    }
}
