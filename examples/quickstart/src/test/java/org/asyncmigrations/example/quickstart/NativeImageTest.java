package org.asyncmigrations.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.example.quickstart.schema.tables.records.CustomersRecord;
import org.junit.jupiter.api.Test;

/** A native image needs no hints for the runtime and for generated code: they use no reflection. */
final class NativeImageTest {
    /**
     * jOOQ creates records by reflection, such as this one for {@code batch.update} of {@code ReadPhones}. So the test also shows
     * that reflection would be noticed.
     */
    private static final String MADE_BY_JOOQ = CustomersRecord.class.getName();

    @Test
    void onlyTheUsersOwnRecordIsReflectedOn() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReflectedClasses.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines()).containsExactly(MADE_BY_JOOQ);
    }
}
