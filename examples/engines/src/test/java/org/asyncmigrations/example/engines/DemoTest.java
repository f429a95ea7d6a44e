package org.asyncmigrations.example.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DemoTest {
    @Test
    void oneProcessIsKilledAndTheOtherGoesOn() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean right = Demo.run("db-scheduler", 50_000, true, new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .containsPattern("node [12] is killed")
                .contains("all migrations are done")
                .contains("50,000 of 50,000 rows were changed, each once");
        assertThat(right).isTrue();
    }
}
