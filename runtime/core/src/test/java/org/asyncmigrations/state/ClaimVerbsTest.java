package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.session.Connections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims if others have changed the row since it was read. */
class ClaimVerbsTest {
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");
    private static final Duration TIME = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatWasReadBeforeARangeWasFoldedDoesNotEndAPass(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow stale = row(store);
            var t = TestTables.all().migrations();
            fresh.dsl().update(t).set(t.PASS_FOUND, 5L).execute();
            assertThat((Object) store.transaction(tx -> MigrationClaims.takeOver(tx, stale, "me", TIME)))
                    .isNull();
            MigrationRow now = row(store);
            assertThat((Object) store.transaction(tx -> MigrationClaims.takeOver(tx, now, "me", TIME)))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRangeOfAPausedMigrationIsNotClaimed(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow row = row(store);
            RangeRow range = store.transaction(tx ->
                    RangeRows.open(tx, row, new RangeRows.End("t (id)", null), new RangeRows.Owner("me", TIME), 4));
            assertThat(is(store, tx -> Operations.pause(tx, 1, null))).isTrue();
            RangeRow free = store.transaction(tx -> RangeRows.again(tx, range));
            assertThat(free.owner()).isNull();
            assertThat(free.attempts()).as("the attempt did not count").isZero();
            assertThat((Object) store.transaction(tx -> RangeRows.claim(tx, row, free, "me", TIME)))
                    .isNull();
            store.transaction(tx -> Operations.resume(tx, 1, null));
            MigrationRow resumed = row(store);
            assertThat((Object) store.transaction(tx -> RangeRows.claim(tx, resumed, free, "me", TIME)))
                    .isNotNull();
        }
    }

    /** The owner has committed a batch since, and was then frozen until its claim had expired: the cursor as read is outdated. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRangeThatHasMovedOnSinceItWasReadIsNotClaimed(TestDatabase database) throws Exception {
        RangeRows.Progress ten = new RangeRows.Progress("5", 10, 0, null, 20, null);
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow row = row(store);
            RangeRow stale = store.transaction(tx ->
                    RangeRows.open(tx, row, new RangeRows.End("t (id)", null), new RangeRows.Owner("old", TIME), 4));
            store.transaction(tx -> RangeRows.fence(tx, stale, new Claim("old", 1, 0), ten, "f", TIME));
            var r = TestTables.all().ranges();
            fresh.dsl()
                    .update(r)
                    .set(r.CLAIMED_UNTIL, java.time.LocalDateTime.of(2020, 1, 1, 0, 0))
                    .execute();
            assertThat((Object) store.transaction(tx -> RangeRows.claim(tx, row, stale, "me", TIME)))
                    .isNull();
            RangeRow now = store.transaction(tx -> RangeRows.again(tx, stale));
            assertThat((Object) store.transaction(tx -> RangeRows.claim(tx, row, now, "me", TIME)))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWalkThatBeginsAnewKeepsItsCountAndLetsNoOldOwnerIn(TestDatabase database) throws Exception {
        RangeRows.Progress ten = new RangeRows.Progress("5", 10, 0, null, 20, null);
        RangeRows.End end = new RangeRows.End("t (id)", "9");
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow before = row(store);
            RangeRow range =
                    store.transaction(tx -> RangeRows.open(tx, before, end, new RangeRows.Owner("old", TIME), 4));
            Claim old = new Claim("old", 1, 0);
            assertThat(is(store, tx -> RangeRows.fence(tx, range, old, ten, "f", TIME)))
                    .isTrue();
            MigrationRow stale = row(store);
            assertThat(stale.walk().key()).isEqualTo("t (id)");

            Claim claim = store.transaction(tx -> MigrationClaims.recall(tx, stale, "me", TIME));
            assertThat((Object) store.transaction(tx -> MigrationClaims.recall(tx, stale, "other", TIME)))
                    .isNull();
            assertThat(is(store, tx -> RangeRows.fence(tx, range, old, ten, "f", TIME)))
                    .as("the old owner, recalled")
                    .isFalse();
            assertThat(is(store, tx -> MigrationClaims.walkAnew(tx, stale, claim, "t (a, id)", 100)))
                    .isTrue();

            assertThat((Object) store.transaction(
                            tx -> RangeRows.open(tx, stale, end, new RangeRows.Owner("old", TIME), 4)))
                    .isNull();
            assertThat(row(store).walk())
                    .isEqualTo(new MigrationRow.Walk(null, null, false, 3, KeyList.read(null), 1, 0, null, 0));
            assertThat(fresh.dsl().fetchCount(TestTables.all().ranges())).isZero();
            var t = TestTables.all().migrations();
            assertThat(fresh.dsl().select(t.ROWS_DONE, t.KEYS_BEFORE).from(t).fetchSingle())
                    .isEqualTo(fresh.dsl().newRecord(t.ROWS_DONE, t.KEYS_BEFORE).values(10L, 20L));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPauseGivesTheAttemptBack(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow row = row(store);
            store.transaction(tx -> MigrationClaims.takeOver(tx, row, "me", TIME));
            assertThat(row(store).attempts()).isEqualTo(1);
            store.transaction(tx -> Operations.pause(tx, 1, null));
            assertThat(row(store).attempts()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void newCodeIsAdoptedOnlyAsTheRowWasRead(TestDatabase database) throws Exception {
        MigrationEntry mended = MigrationEntry.async(1, "a.One", By.TRANSACTION, "mended");
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            MigrationRow stale = row(store);
            var t = TestTables.all().migrations();
            fresh.dsl().update(t).set(t.STATE, "failed").set(t.ATTEMPTS, 5).execute();
            assertThat(is(store, tx -> Operations.adopt(tx, stale, mended, "new")))
                    .isFalse();
            MigrationRow now = row(store);
            assertThat(is(store, tx -> Operations.adopt(tx, now, mended, "new")))
                    .isTrue();
            assertThat(row(store).state()).isEqualTo(org.asyncmigrations.State.PENDING);
            assertThat(row(store).attempts()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInstanceWhoseRowIsThereOrGoneArrivesAllTheSame(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = processing(fresh);
            var row = new OwnInstance(store.connections(), new OwnInstance.Place("", "async_"), () -> Duration.ZERO);
            var self = new Presence.Self("here", "web-1", "shop", "1", Set.of(), "async_");
            var i = TestTables.all().instances();
            new Presence(store, row, self, Duration.ZERO, List.of(ENTRY)).arrive();
            Presence again = new Presence(store, row, self, Duration.ZERO, List.of(ENTRY));
            again.arrive();
            assertThat(fresh.dsl().fetchCount(i)).isEqualTo(1);
            fresh.dsl().deleteFrom(i).execute();
            again.beat();
            assertThat(fresh.dsl().fetchCount(i)).isEqualTo(1);
        }
    }

    private static StateStore processing(TestDatabase.Fresh fresh) throws Exception {
        StateStore store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
        StateSchema.install(store.connections(), store.tables());
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(ENTRY), "b");
            return tx.dsl()
                    .update(tx.tables().migrations())
                    .set(tx.tables().migrations().STATE, "processing")
                    .execute();
        });
        return store;
    }

    private static boolean is(StateStore store, Function<StateTransaction, Boolean> verb) throws Exception {
        return store.transaction(verb);
    }

    private static MigrationRow row(StateStore store) throws Exception {
        return store.transaction(tx -> MigrationRows.find(tx, 1));
    }
}
