package org.asyncmigrations.example.shop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void aColumnIsRenamedOverThreeReleasesAndNoRequestFails() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        boolean right = Demo.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1_000, Duration.ofSeconds(1));

        String story = bytes.toString(StandardCharsets.UTF_8);
        assertThat(right).as(story).isTrue();
        assertThat(story)
                .contains("CopyNames done")
                .containsPattern("RequireFullName created: 1 of 2 instances still runs? a build without")
                .contains("release 3 does not start: Migration 20261201_100000 (RequireFullName) must be done")
                .contains("RequireFullName done")
                .containsPattern("DropName created: 1 of 2 instances still runs? a build without")
                .contains("DropName done", "customer has the columns id, full_name; 0 rows are wrong");
    }
}
