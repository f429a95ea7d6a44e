package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events that a run leaves in the JDK's Flight Recorder, and a run without it. */
class FlightRecorderTest {
    private static final int ROWS = 3_000;

    @TempDir
    private Path recordings;

    /** A complete run. {@return its final state} */
    private static State run() {
        ManualWorker worker = new ManualWorker();
        List<Boolean> asked = new ArrayList<>();
        try (var fresh = TestDatabase.H2.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            try (var registry = new TestCatalog()
                    .batch(20261121_093000L, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .throttle(run -> {
                        asked.add(true);
                        return asked.size() == 3
                                ? Answer.notNow("it is noon").askAgainAfter(Duration.ofMillis(20))
                                : Answer.goOn();
                    })
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                return registry.migration(20261121_093000L).state();
            }
        }
    }

    @Test
    void batchesClaimsAndThrottlesAreRecorded() throws Exception {
        Path file = recordings.resolve("run.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            assertThat(run()).isEqualTo(State.DONE);
            recording.dump(file);
        }
        List<RecordedEvent> all = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("org.asyncmigrations."))
                .toList();
        assertThat(all).allSatisfy(event -> {
            assertThat(event.getLong("version")).isEqualTo(20261121_093000L);
            assertThat(event.getString("migration")).isEqualTo("test.M20261121093000");
            assertThat(event.getEventType().getCategoryNames()).containsExactly("Async Migrations");
        });
        assertThat(of(all, "Batch"))
                .hasSizeGreaterThan(1)
                .allSatisfy(batch -> assertThat(batch.getDuration()).isPositive());
        assertThat(of(all, "Batch").stream()
                        .mapToLong(batch -> batch.getLong("rows"))
                        .sum())
                .isEqualTo(ROWS * 9 / 10);
        assertThat(of(all, "Batch").stream()
                        .mapToLong(batch -> batch.getLong("keys"))
                        .sum())
                .isBetween(ROWS * 9L / 10, (long) ROWS);
        assertThat(of(all, "Claim"))
                .extracting(claim -> claim.getLong("range"), claim -> claim.getBoolean("got"))
                .contains(tuple(0L, true), tuple(1L, true));
        assertThat(of(all, "Throttle"))
                .singleElement()
                .satisfies(rest -> assertThat(rest.getString("reason")).isEqualTo("it is noon"))
                .satisfies(rest -> assertThat(rest.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
    }

    private static List<RecordedEvent> of(List<RecordedEvent> all, String name) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals("org.asyncmigrations." + name))
                .toList();
    }

    @Test
    void aRuntimeImageWithoutTheRecorderMigratesAsWell() throws Exception {
        String modules = ModuleFinder.ofSystem().findAll().stream()
                .map(module -> module.descriptor().name())
                .filter(name -> !name.contains("jfr"))
                .collect(Collectors.joining(","));
        Process child = new ProcessBuilder(
                        ChildJvm.command(FlightRecorderTest.class, List.of("--limit-modules", modules)))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).endsWith("jdk.jfr false, DONE\n");
        assertThat(child.waitFor()).isZero();
    }

    public static void main(String[] arguments) {
        boolean hasRecorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
        System.out.println("jdk.jfr " + hasRecorder + ", " + run());
    }
}
