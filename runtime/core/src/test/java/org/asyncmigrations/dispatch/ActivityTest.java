package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.throttle.Answer;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** What people are told about the work: the log lines, which are also printed to the console. */
class ActivityTest {
    private static final Table<?> LATER = DSL.table(DSL.name("later"));

    private final ManualWorker worker = new ManualWorker();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final AtomicLong seconds = new AtomicLong();

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Activity activity() {
        return new Activity(
                "shop",
                new Settings.Output(false, true, out),
                () -> Duration.ofSeconds(seconds.get()).toNanos());
    }

    private Dispatcher registry(Fresh database, TestCatalog catalog) {
        return catalog.on(database.dataSource())
                .application("shop")
                .worker(worker)
                .progress(out)
                .clockShift(() -> Duration.ofSeconds(seconds.get()))
                .build();
    }

    @Test
    void aWalkTellsEachTenSecondsHowFarItIs() {
        Activity activity = activity();
        var entry = new TestCatalog()
                .batch(7, new Customers.LowerEmails())
                .entries()
                .get(0);
        for (long keys = 0; keys <= 3_000; keys += 100) {
            if (activity.isDue(entry)) {
                activity.walked(entry, new MigrationStatus.Progress(keys - 1, keys, 10_000, null, null));
            }
            seconds.incrementAndGet();
        }
        assertThat(lines())
                .containsExactly(
                        "shop: migration 7 (M7) is at 10 %, 1,000 of about 10,000 rows walked, 999 changed, 100 rows/s,"
                                + " about 90 s left",
                        "shop: migration 7 (M7) is at 20 %, 2,000 of about 10,000 rows walked, 1,999 changed, 100 rows/s,"
                                + " about 80 s left",
                        "shop: migration 7 (M7) is at 30 %, 3,000 of about 10,000 rows walked, 2,999 changed, 100 rows/s,"
                                + " about 70 s left");
    }

    @Test
    void aReasonIsToldOnceUntilTheWorkHasGoneOn() {
        Activity activity = activity();
        activity.waits(Level.INFO, "waits for the gate, 20 s left");
        activity.waits(Level.INFO, "waits for a standby");
        activity.waits(Level.INFO, "waits for the gate, 18 s left");
        activity.wentOn();
        activity.waits(Level.INFO, "waits for the gate, 16 s left");
        seconds.addAndGet(11);
        activity.wentOn();
        activity.waits(Level.INFO, "waits for the gate, 5 s left");
        assertThat(lines())
                .containsExactly(
                        "shop: waits for the gate, 20 s left",
                        "shop: waits for a standby",
                        "shop: waits for the gate, 5 s left");
    }

    @Test
    void aTerminalHasOneBarBelowItsLines() {
        ProgressBar bar = new ProgressBar(out, true);
        bar.draw("M7", 0.25, "25 %");
        bar.line("shop: migration 7 (M7) is done");
        bar.line("shop: all migrations are done");
        assertThat(printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"))
                .isEqualTo("\r\u001B[KM7 [=====               ] 25 %"
                        + "\r\u001B[Kshop: migration 7 (M7) is done\nshop: all migrations are done\n");
    }

    @Test
    void aConsoleThatThrowsEndsNoWorker() {
        PrintStream broken = new PrintStream(printed) {
            @Override
            public void println(String text) {
                throw new IllegalStateException("the terminal is gone");
            }
        };
        try (Fresh database = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .data(7, run -> {})
                        .on(database.dataSource())
                        .worker(worker)
                        .progress(broken)
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(Objects.requireNonNull(registry.status().of(7)).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBackFillTellsOfItsStartItsPassesAndItsEnd(TestDatabase product) {
        try (Fresh database = product.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (Dispatcher registry = registry(database, new TestCatalog().batch(7, new Customers.LowerEmails()))) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(lines().get(0)).startsWith("shop: migration 7 (M7) started, the table has about ");
                assertThat(lines())
                        .anyMatch(line -> line.matches(
                                "shop: migration 7 \\(M7\\) is done \\d+ ms after it started: 900 rows changed; .*"));
                assertThat(lines()).last().isEqualTo("shop: all migrations are done");
            }
        }
    }

    @Test
    void aReasonToWaitIsNotRepeatedAtEachPoll() {
        boolean[] held = {true};
        try (Fresh database = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .data(7, run -> {})
                        .on(database.dataSource())
                        .worker(worker)
                        .progress(out)
                        .throttle(run -> held[0] ? Answer.notNow("it is noon") : Answer.goOn())
                        .build()) {
            registry.dispatch();
            for (int i = 0; i < 5; i++) {
                worker.untilIdle();
            }
            assertThat(lines()).filteredOn(line -> line.contains("it is noon")).hasSize(1);
        }
    }

    /** Changes the rows of a table that is created later. */
    private record Fill(Table<?> table) implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table, DSL.field(DSL.name("id"), Long.class));
        }

        @Override
        public Condition pending() {
            return DSL.field(DSL.name("v"), Integer.class).isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(table)
                    .set(DSL.field(DSL.name("v"), Integer.class), 1)
                    .where(batch.rows())
                    .execute();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTableThatIsMadeLaterIsWaitedForWhileAttemptsLast(TestDatabase product) {
        try (Fresh database = product.fresh();
                Dispatcher registry = registry(database, new TestCatalog().batch(7, new Fill(LATER)))) {
            registry.dispatch();
            for (int attempt = 1; attempt < 5; attempt++) {
                worker.untilIdle();
                // Four pauses of 1, 6, 36 and 216 seconds.
                seconds.addAndGet(attempt == 4 ? 0 : (long) Math.pow(6, attempt - 1));
            }
            MigrationStatus status = Objects.requireNonNull(registry.status().of(7));
            assertThat(status.attempts()).isEqualTo(4);
            assertThat(lines())
                    .anyMatch(line -> line.matches("shop: migration 7 \\(M7\\) failed \\(attempt 4 of 5, the next in"
                            + " 216 s\\): .*later.*"));
            database.dsl()
                    .createTable(LATER)
                    .column("id", SQLDataType.BIGINT.notNull())
                    .column("v", SQLDataType.INTEGER)
                    .primaryKey("id")
                    .execute();
            seconds.addAndGet(216);
            worker.untilIdle();
            assertThat(lines()).last().isEqualTo("shop: all migrations are done");
        }
    }

    @Test
    void aFailureNamesItsCauseWhatWaitsForItAndWhatToDo() {
        try (Fresh database = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .data(7, run -> {
                            throw new IllegalStateException("no rate for XYZ");
                        })
                        .data(8, run -> {})
                        .data(9, run -> {})
                        .on(database.dataSource())
                        .application("shop")
                        .maxAttempts(1)
                        .worker(worker)
                        .progress(out)
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            worker.untilIdle();
            String cause = "IllegalStateException: no rate for XYZ";
            assertThat(lines().subList(0, 2))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("shop: migration 7 (M7) started"),
                            line -> assertThat(line)
                                    .startsWith("shop: migration 7 (M7) failed (attempt 1 of 1): " + cause));
            assertThat(lines().get(2))
                    .startsWith("shop: migration 7 (M7) has failed: " + cause)
                    .endsWith(
                            "; 2 migrations wait for it: 8 M8, 9 M9; fix the cause and call migration(7L).retry() (not"
                                    + " needed if you fix the migration's own class), or leave the migration out:"
                                    + " migration(7L).skip(\"why\")");
            assertThat(lines()).hasSize(3);
            assertThat(Objects.requireNonNull(registry.status().of(9)).waitsFor())
                    .isEqualTo("waits for 7 M7, which has failed");
            assertThat(registry.status().toString()).contains(cause, "; fix the cause and");
        }
    }
}
