package org.asyncmigrations.example.rolling.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example with fewer instances and customers, and without its pauses. */
final class RollingReleaseTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noRequestFailsAndEveryRowIsRight() throws Exception {
        int exit = RollingRelease.run(out, Plan.SHORT);

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(story)
                .containsPattern("still runs? a build without 20261201_100000")
                .containsPattern("release 3 does not start: migration 20261201_100000 .* must be done, but is created")
                .containsPattern("release 1 does not start: this build is too old for its database")
                .containsPattern("still runs? a build without 20261208_090000")
                .contains("DropFullName done", "release 2 does not start: this build is too old for its database")
                .contains("customers has the columns id, first_name, last_name; 0 rows are wrong")
                .contains(" requests, 0 failed,");
        assertThat(exit).as(story).isZero();
    }
}
