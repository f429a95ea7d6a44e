package org.asyncmigrations.example.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DemoTest {
    @Test
    void eachRunEndsAsItShould() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean right = Demo.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), 5);

        String[] runs = bytes.toString(StandardCharsets.UTF_8).split("Migrate");
        assertThat(runs[1])
                .containsPattern("acme +done +6,000\n")
                .containsPattern("t002 +failed +300  LowerEmails: ")
                .containsPattern("new_one +done +0\n")
                .contains("6 tenants: 5 done, 1 failed; 7,200 rows\nexit code 1");
        assertThat(runs[2]).contains("1 tenant: 1 done; 300 rows\nexit code 0");
        assertThat(runs[3])
                .containsPattern("t003 +held +300 .*20261208_090000.* paused")
                .contains("6 tenants: 5 done, 1 held; 7,200 rows\nexit code 3");
        assertThat(right).isTrue();
    }
}
