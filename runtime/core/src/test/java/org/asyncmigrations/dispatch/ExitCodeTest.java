package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asyncmigrations.Mode;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.OneShot.Build;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exit codes of a process that only migrates: real processes, on PostgreSQL. */
class ExitCodeTest {
    /** No server listens there. */
    private static final String NOWHERE = "jdbc:postgresql://localhost:1/none";

    private final Fresh fresh = TestDatabase.POSTGRES.fresh();

    @AfterEach
    void close() {
        fresh.close();
    }

    /** The exit code and output of a process. */
    private record End(int code, String said) {}

    private End run(Build build, String mode) throws IOException, InterruptedException {
        return run(fresh.url(), build, mode, "done", "PT2M");
    }

    /** A process that ends as soon as nothing continues without an order. */
    private End runUntilHeld(Build build, String mode) throws IOException, InterruptedException {
        return run(fresh.url(), build, mode, "held", "PT2M");
    }

    private End run(String url, Build build, String mode, String until, String timeout)
            throws IOException, InterruptedException {
        List<String> command = ChildJvm.command(OneShot.class, List.of());
        command.addAll(List.of(url, fresh.user(), build.name(), until, timeout));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put(Mode.VARIABLE, mode);
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(started.waitFor(), said);
    }

    @Test
    void doneIs0() throws Exception {
        End first = run(Build.GOOD, "");
        assertThat(first.code()).as(first.said()).isZero();
        assertThat(first.said()).contains("DONE all migrations are done");
        assertThat(run(Build.GOOD, "").code()).as("with nothing left to do").isZero();
    }

    @Test
    void failedIs1() throws Exception {
        End end = run(Build.BAD, "");
        assertThat(end.code()).as(end.said()).isEqualTo(1);
        assertThat(end.said()).contains("FAILED migration 1 (M1) has failed");
    }

    @Test
    void closedMeanwhileIs5() throws Exception {
        End end = run(NOWHERE, Build.GOOD, "", "closed", "PT2M");
        assertThat(end.code()).as(end.said()).isEqualTo(5);
        assertThat(end.said()).contains("CLOSED the registry was closed");
    }

    @Test
    void heldAndThenClosedIs3AndNobodyWaitsAnyLonger() throws Exception {
        End end = run(fresh.url(), Build.AFTER, "", "closed", "P1D");
        assertThat(end.code()).as(end.said()).isEqualTo(3);
        assertThat(end.said()).contains("HELD 2: waits ");
    }

    @Test
    void heldByTheModeIs0AndByItsGate3() throws Exception {
        End before = run(Build.AFTER, "before");
        assertThat(before.code()).as(before.said()).isZero();
        assertThat(before.said()).contains("HELD 2: MODE=before leaves it for later");
        End again = run(Build.AFTER, "before");
        assertThat(again.code()).as(again.said()).isZero();
        End gated = runUntilHeld(Build.AFTER, "");
        assertThat(gated.code()).as(gated.said()).isEqualTo(3);
        assertThat(gated.said()).contains("HELD 2: waits ");
        End after = run(Build.AFTER, "after");
        assertThat(after.code()).as(after.said()).isZero();
    }

    @Test
    void aGateThatOpensMeanwhileIsWaitedFor() throws Exception {
        assertThat(run(Build.GOOD, "").code())
                .as("an older build has been here")
                .isZero();
        End end = run(Build.AFTER, "");
        assertThat(end.code()).as(end.said()).isZero();
    }

    @Test
    void heldByAnOperatorIs3InAnyMode() throws Exception {
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry = new TestCatalog()
                .data(1, run -> {})
                .on(fresh.dataSource())
                .worker(worker)
                .build()) {
            registry.dispatch();
            worker.step(); // registers it
            assertThat(registry.migration(1).pause()).isTrue();
        }
        End end = runUntilHeld(Build.GOOD, "before");
        assertThat(end.code()).as(end.said()).isEqualTo(3);
        assertThat(end.said()).contains("HELD migration 1 (M1) is paused");
    }

    @Test
    void theTimeIsOverIs4AndSaysWhatHoldsItUp() throws Exception {
        End end = run(NOWHERE, Build.GOOD, "", "done", "PT3S");
        assertThat(end.code()).as(end.said()).isEqualTo(4);
        assertThat(end.said()).contains("RUNNING the database is currently unusable");
    }

    @Test
    void aBuildThatIsTooOldEndsWith1() throws Exception {
        assertThat(run(Build.AFTER, "after").code()).isZero();
        End end = run(Build.GOOD, "");
        assertThat(end.code()).as(end.said()).isEqualTo(1);
        assertThat(end.said()).contains("this build is too old for its database: after-release migration 2");
    }

    @Test
    void aModeThatIsNoneEndsWith1() throws Exception {
        End end = run(Build.GOOD, "later");
        assertThat(end.code()).as(end.said()).isEqualTo(1);
        assertThat(end.said()).contains(Mode.VARIABLE + "=later is not a mode");
    }
}
