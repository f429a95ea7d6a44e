package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.batch.Brake;
import org.asyncmigrations.batch.Ended;
import org.asyncmigrations.batch.Frontier;
import org.asyncmigrations.batch.KeySpaces;
import org.asyncmigrations.batch.RetryLoop;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.batch.WalkSettings;
import org.asyncmigrations.batch.WalkedRange;
import org.asyncmigrations.batch.Walker;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.RangeRow;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.Rounds;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What keeps the claim on a range while its worker does nothing for many claim times. The test sets the clock and calls renewals
 * itself.
 */
class KeptClaimTest {
    private static final Duration CLAIM = Duration.ofSeconds(3);
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f");

    private final Stop stop = new Stop();
    private ClaimRenewal renewal;
    private Duration later = Duration.ZERO;
    private Duration held = Duration.ZERO;
    private boolean isHeld;

    /** Says "not now" this many times between the first and the second batch. */
    private record Rests(int times, Runnable meanwhile, int[] asked) implements Brake {
        @Override
        public Hold ask(Session session, MigrationEntry entry, LastBatch last) {
            if (last.took().isZero() || asked[0]++ >= times) {
                return null;
            }
            meanwhile.run();
            return new Hold("a standby is behind", false, Duration.ofMillis(1));
        }

        @Override
        public void gaveWay(Session session, MigrationEntry entry) {
            // Nobody waits for these batches.
        }

        @Override
        public void waitsForLock(Session session, MigrationEntry entry, String blocker) {}

        @Override
        public void hindered(MigrationEntry entry, String reason) {
            assertThat(reason).isNull();
        }

        @Override
        public void committed(Session session, MigrationEntry entry) {}

        @Override
        public void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure) {
            throw new AssertionError(how, failure);
        }

        @Override
        public void warns(MigrationEntry entry, String what) {
            throw new AssertionError(what);
        }
    }

    private static Brake rests(int times, Runnable meanwhile) {
        return new Rests(times, meanwhile, new int[1]);
    }

    /** A sixth of the claim time passes, the time between two renewals. */
    private void pass() {
        later = later.plus(CLAIM.dividedBy(6));
        renewal.tick();
    }

    /** Nothing at the start of a hold, then a time that doesn't grow, so no hold is long enough to end the walk. */
    private long walkersTime() {
        long now = isHeld ? held.toNanos() : 0;
        isHeld = true;
        return now;
    }

    private Ended walk(TestDatabase.Fresh fresh, BatchMigration migration, Brake brake) throws SQLException {
        Customers.create(fresh.dsl(), 1_000);
        StateStore store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
        StateSchema.install(store.connections(), store.tables());
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(ENTRY), "b");
            return null;
        });
        var t = TestTables.all().migrations();
        fresh.dsl().update(t).set(t.STATE, "processing").execute();
        KeySpaces spaces = new KeySpaces(store);
        renewal = new ClaimRenewal(store, CLAIM, () -> System.nanoTime() + later.toNanos());
        MigrationRow row = store.transaction(tx -> MigrationRows.find(tx, 1));
        Tunings tunings = new Tunings(store, 4, System::nanoTime);
        RangeRow range =
                new Frontier(store, spaces, tunings).next(ENTRY, migration, row, new RangeRows.Owner("me", CLAIM));
        return new Walker(
                        new Walker.Parts(
                                store,
                                renewal,
                                stop,
                                new RetryLoop(store, new OldSessions(store), brake, stop, new Rounds()),
                                spaces,
                                brake,
                                tunings,
                                this::walkersTime,
                                batch -> {}),
                        new WalkSettings(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                CLAIM,
                                Duration.ofSeconds(5),
                                5,
                                100,
                                false))
                .walk(new WalkedRange(migration, ENTRY, row, range, new Claim("me", range.token(), System.nanoTime())));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWorkerThatIsToldNotNowAgainAndAgainKeepsItsClaim(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            assertThat(walk(fresh, new Customers.LowerEmails(), rests(40, this::pass)))
                    .isEqualTo(Ended.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void soDoesOneThatHasGivenItsConnectionBack(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            held = Duration.ofSeconds(2);
            assertThat(walk(fresh, new Customers.LowerEmails(), rests(40, this::pass)))
                    .isEqualTo(Ended.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    /** After a rest, during which no statement is running that could be too old. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aThrottleThatHangsLosesIt(TestDatabase kind) throws Exception {
        int[] asked = {0};
        Runnable hangs = () -> {
            for (int i = 0; asked[0] == 1 && i < 40; i++) {
                pass();
            }
            asked[0]++;
        };
        try (var fresh = kind.fresh()) {
            assertThat(walk(fresh, new Customers.LowerEmails(), rests(3, hangs)))
                    .isEqualTo(Ended.LOST);
            assertThat(asked[0]).isEqualTo(2);
        }
    }

    /** A backfill that pauses after its first statement. */
    private final class Thinking extends Customers.LowerEmails {
        private int left;

        Thinking(int times) {
            left = times;
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long rows = super.migrate(batch);
            while (left-- > 0) {
                pass();
            }
            return rows;
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void codeThatThinksForThreeClaimTimesKeepsIt(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            assertThat(walk(fresh, new Thinking(18), rests(0, () -> {}))).isEqualTo(Ended.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void codeThatHangsLosesItAndLeavesNothing(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            assertThat(walk(fresh, new Thinking(40), rests(0, () -> {}))).isEqualTo(Ended.LOST);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.gt(0))).isZero();
            var r = TestTables.all().ranges();
            assertThat(fresh.dsl().select(r.BEATS).from(r).fetchOne(r.BEATS))
                    .as("renewed before it hung")
                    .isPositive();
            var e = TestTables.all().events();
            assertThat(fresh.dsl()
                            .select(e.DETAIL)
                            .from(e)
                            .where(e.EVENT.eq("claim lost"))
                            .fetch(e.DETAIL))
                    .singleElement()
                    .asString()
                    .matches("me: migrate\\(\\) ran one statement, or code that sends none, for 1[2-5] s");
        }
    }

    /** Each row takes two claim times. Together they take longer than user code may take without a sign of life. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatAreChangedInJavaKeepIt(TestDatabase kind) throws Exception {
        int[] slow = {5};
        try (var fresh = kind.fresh()) {
            Customers.LowerEmails rows = new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    return batch.update(CUSTOMERS, row -> {
                        for (int i = 0; slow[0] > 0 && i < 12; i++) {
                            pass();
                        }
                        slow[0]--;
                        row.set(
                                Customers.EMAIL_LOWER,
                                row.get("email", String.class).toLowerCase(java.util.Locale.ROOT));
                        row.set(CHANGES, row.get("changes", Integer.class) + 1);
                    });
                }
            };
            assertThat(walk(fresh, rows, rests(0, () -> {}))).isEqualTo(Ended.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }
}
