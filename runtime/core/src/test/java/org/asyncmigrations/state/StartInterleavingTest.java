package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Interleavings.Script;
import org.asyncmigrations.state.StartRows.Running;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two workers start two migrations, in every order in which their statements can reach the server. The migrations never run on the
 * same table at the same time. {@code -Dinterleavings=true} adds about 2,600 orders on MariaDB.
 */
class StartInterleavingTest {
    private static final MigrationEntry ORDERED = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");
    private static final MigrationEntry INDEPENDENT =
            MigrationEntry.async(2, "a.Two", By.TRANSACTION, "f").independently();

    private static final StartRows.Worked THINGS = new StartRows.Worked(Set.of("things"), false);

    private static final Function<List<Running>, StartRows.Refusal> ALONE =
            running -> running.isEmpty() ? null : new StartRows.Refusal("not alone", false);

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void noOrderOfTheirStatementsStartsTwoOnOneTable(TestDatabase database) throws Exception {
        assumeTrue(database == TestDatabase.POSTGRES || Boolean.getBoolean("interleavings"));
        try (Fresh fresh = database.fresh();
                Interleavings interleavings = new Interleavings(database, fresh)) {
            StateStore store = new StateStore(
                    Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
            store.install();
            Script inOrder = at -> start(at, 1, false);
            Script locked = at -> start(at, 1, true);
            Script other = at -> start(at, 2, true);
            int first = interleavings.all(() -> begin(fresh, store, false), locked, other, () -> check(fresh));
            int later = interleavings.all(() -> begin(fresh, store, true), locked, other, () -> check(fresh));
            int unseen = interleavings.all(() -> begin(fresh, store, false), inOrder, other, () -> check(fresh));
            System.out.printf(
                    "%s: %d orders of two starts before there is a lock, %d with one, %d where one has seen none%n",
                    database, first, later, unseen);
            assertThat(unseen).isGreaterThan(20);
        }
    }

    private static void begin(Fresh fresh, StateStore store, boolean withLock) throws Exception {
        var t = TestTables.all().migrations();
        fresh.dsl().deleteFrom(t).execute();
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(ORDERED, INDEPENDENT), "b");
            return null;
        });
        if (withLock) {
            MigrationRow none = store.transaction(tx -> MigrationRows.find(tx, 1));
            store.transaction(tx -> StartRows.locked(
                    tx, none, "n", ProtocolWorker.TIME, THINGS, running -> new StartRows.Refusal("not now", false)));
        }
        fresh.dsl()
                .update(t)
                .set(t.STATE, State.PENDING.word())
                .where(t.VERSION.gt(0L))
                .execute();
    }

    private static void start(StateStore at, long version, boolean isLocked) throws Exception {
        MigrationRow row = at.transaction(tx -> MigrationRows.find(tx, version));
        try {
            at.transaction(tx -> isLocked
                    ? StartRows.locked(tx, row, at.who(), ProtocolWorker.TIME, THINGS, ALONE)
                    : StartRows.inOrder(tx, row, at.who(), ProtocolWorker.TIME, THINGS));
        } catch (StartRows.OutdatedException locked) {
            start(at, version, true);
        }
    }

    private static void check(Fresh fresh) {
        var t = TestTables.all().migrations();
        assertThat(fresh.dsl().fetchCount(t, t.STATE.eq(State.PROCESSING.word())))
                .as("migrations at work on the table")
                .isEqualTo(1);
    }
}
