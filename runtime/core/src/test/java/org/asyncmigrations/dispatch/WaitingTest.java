package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.PolledRows;
import org.asyncmigrations.state.StateStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an instance with nothing to do sends, and that it still finds whatever there is to do. */
class WaitingTest {
    private final List<Long> ran = new ArrayList<>();
    private boolean mended;

    /** Two migrations that are done, one that fails, and two that wait for it. */
    private TestCatalog build() {
        TestCatalog build = new TestCatalog();
        for (long version : List.of(1L, 2L)) {
            build.data(version, run -> ran.add(version));
        }
        build.data(3, run -> {
            if (!mended) {
                throw new IllegalStateException("no");
            }
            ran.add(3L);
        });
        for (long version : List.of(4L, 5L)) {
            build.data(version, run -> ran.add(version));
        }
        return build;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPollIsOneStatementAndFindsWhatOthersHaveChanged(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            StatementCounter counter = new StatementCounter(fleet.fresh().dataSource());
            Fleet.Ship ship = fleet.ship(build(), counter, builder -> builder.maxAttempts(1))
                    .dispatch()
                    .works();
            assertThat(ship.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(sentByAPoll(counter, ship)).containsExactly(1, 0, 1);

            // As many are done as before, but not the same ones.
            var t = TestTables.all().migrations();
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.VERSION, 9L)
                    .where(t.VERSION.eq(1L))
                    .execute();
            ship.works();
            assertThat(ran).as("a deleted row runs again").containsExactly(1L, 2L, 1L);
            assertThat(sentByAPoll(counter, ship)).containsExactly(1, 0, 1);

            Operator.of(fleet.fresh().dataSource()).as("ana").pause(3, "later");
            mended = true;
            Operator.of(fleet.fresh().dataSource()).as("ana").retry(3, "mended");
            ship.works();
            assertThat(ship.outcome()).isEqualTo(Outcome.HELD);
            assertThat(sentByAPoll(counter, ship)).containsExactly(1, 0, 1);

            Operator.of(fleet.fresh().dataSource()).as("ana").resume(3, "now");
            ship.works();
            assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
            assertThat(ran).containsExactly(1L, 2L, 1L, 3L, 4L, 5L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void allClosedGatesAreOneReadingEachFiveSeconds(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            StatementCounter counter = new StatementCounter(fleet.fresh().dataSource());
            TestCatalog before = new TestCatalog().data(1, run -> {});
            Fleet.Ship old = fleet.sails(before);
            TestCatalog release = new TestCatalog().data(1, run -> {});
            for (long version : List.of(2L, 3L, 4L)) {
                release.afterRelease(version, run -> ran.add(version));
            }
            Fleet.Ship young =
                    fleet.ship(release, counter, builder -> builder).dispatch().works();
            // A class whose annotation was changed after its registration.
            var t = TestTables.all().migrations();
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.PHASE, "async")
                    .where(t.VERSION.eq(3L))
                    .execute();
            assertThat(sentByAPoll(counter, young)).containsExactly(1, 0, 1);
            List<Integer> sent = sent(counter);
            fleet.pass(Duration.ofSeconds(6));
            young.works();
            assertThat(counter.statements.get() - sent.get(0))
                    .as("a poll, the instances, and what the rows say")
                    .isEqualTo(3);
            assertThat(young.status(4).waitsFor()).startsWith("1 of 2 instances still runs a build without 4");
            old.close();
            fleet.pass(Duration.ofSeconds(31));
            young.works();
            fleet.pass(Duration.ofSeconds(31));
            young.works();
            assertThat(ran).containsExactly(2L, 3L, 4L);
        }
    }

    private static List<Integer> sentByAPoll(StatementCounter counter, Fleet.Ship ship) {
        ship.works();
        List<Integer> before = sent(counter);
        ship.works();
        List<Integer> after = sent(counter);
        return List.of(after.get(0) - before.get(0), after.get(1) - before.get(1), after.get(2) - before.get(2));
    }

    private static List<Integer> sent(StatementCounter counter) {
        return List.of(counter.statements.get(), counter.transactions.get(), counter.connections.get());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPollSaysTheSameAsTheRowsInFull(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            fleet.ship(build(), fleet.fresh().dataSource(), builder -> builder.maxAttempts(1))
                    .dispatch()
                    .works();
            var t = TestTables.all().migrations();
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.PAUSED, true)
                    .set(t.OWNER, "a")
                    .set(t.CLAIMED_UNTIL, now.minusHours(5))
                    .set(t.NEXT_ATTEMPT_AT, now.plusHours(5))
                    .where(t.VERSION.eq(4L))
                    .execute();
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.STATE, "nonsense")
                    .set(t.OWNER, "a")
                    .set(t.CLAIMED_UNTIL, now.plusHours(5))
                    .set(t.GATE_OPENED_AT, now)
                    .set(t.VERSION, -20_261_121_093_000L)
                    .where(t.VERSION.eq(5L))
                    .execute();
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.VERSION, -20_261_121_093_001L)
                    .where(t.VERSION.eq(1L))
                    .execute();
            StateStore store = new StateStore(
                    Connections.of(fleet.fresh().dataSource()),
                    TestTables::all,
                    "test",
                    event -> {},
                    () -> Duration.ofHours(1));
            List<MigrationRow> rows = store.transaction(MigrationRows::all);
            assertThat(rows.stream().filter(row -> row.state() == State.DONE)).hasSize(2);
            assertThat(PolledRows.read(store)).isEqualTo(PolledRows.of(rows));
            assertThat(PolledRows.of(rows).rows())
                    .extracting(PolledRows.Row::flags)
                    .containsExactlyInAnyOrder(2 + 8, 1 + 16 + 32, 2 + 4 + 16);
        }
    }
}
