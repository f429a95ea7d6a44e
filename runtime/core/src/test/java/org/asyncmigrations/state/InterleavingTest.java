package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.state.ProtocolWorker.TIME;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Interleavings.Script;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two workers, or a worker and an operator, run the protocol's statements in every order in which these can reach the server. In
 * none of them is a row changed twice, the recorded numbers are right, and a later worker can finish the work.
 * {@code -Dinterleavings=true} adds cases that take minutes: two workers that claim one abandoned range or finish the last ranges,
 * and operators at a range.
 */
class InterleavingTest {
    private static final boolean LONG = Boolean.getBoolean("interleavings");

    private static final StateTables TABLES = TestTables.all();
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");
    private static final MigrationEntry MENDED = MigrationEntry.async(1, "a.One", By.TRANSACTION, "mended");
    private static final RangeRows.End FIRST = new RangeRows.End("things (id)", ProtocolWorker.MIDDLE);

    /** The claim that is held at the beginning. */
    private static final Claim HELD = new Claim("a", 1, 0);

    private final Map<String, Integer> orders = new LinkedHashMap<>();
    private Fresh fresh;
    private StateStore store;

    /** Of the worker that finishes what is left: each claim has expired for it. */
    private StateStore later;

    private Interleavings interleavings;

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void noOrderOfTwoWorkersStatementsLosesOrDoublesARow(TestDatabase database) throws Exception {
        try (Fresh opened = database.fresh();
                Interleavings all = new Interleavings(database, opened)) {
            fresh = opened;
            interleavings = all;
            store = store(Duration.ZERO);
            later = store(Duration.ofHours(5));
            StateSchema.install(store.connections(), store.tables());
            fresh.dsl().execute("create table things (id bigint not null primary key, changes int not null)");
            inOnePiece();
            ranges();
            if (LONG) {
                operators();
                ends();
            }
        }
        int sum = orders.values().stream().mapToInt(Integer::intValue).sum();
        orders.forEach((what, number) -> System.out.printf("%6d orders: %s%n", number, what));
        System.out.printf("%6d orders of two workers' statements on %s%n", sum, database);
        // All orders of a holder's batch and its successor's batch, except those in which one waits for the other.
        assertThat(sum).isGreaterThan(400);
    }

    private StateStore store(Duration shift) {
        return new StateStore(Connections.of(fresh.dataSource()), () -> TABLES, "test", event -> {}, () -> shift);
    }

    private void inOnePiece() throws Exception {
        Script piece = at -> new ProtocolWorker(at, "a").piece();
        Script other = at -> new ProtocolWorker(at, "b").piece();
        Script holder = at -> new ProtocolWorker(at, "a").endPiece(HELD);
        run("two claim a migration", () -> pending(), piece, other, false);
        run("two take a dead one's migration over", () -> processing("dead", 0), piece, other, false);
        run("a holder and its successor", () -> processing("a", 1), holder, other, false);
        run("a holder's renewal and its successor", () -> processing("a", 1), renewal(), other, false);
        for (Map.Entry<String, Script> operator : operations().entrySet()) {
            run("a holder and " + operator.getKey(), () -> processing("a", 1), holder, operator.getValue(), false);
        }
    }

    private static Script renewal() {
        return at -> at.transaction(tx -> MigrationClaims.renew(tx, 1, HELD, TIME));
    }

    private void ranges() throws Exception {
        Script holder = at -> new ProtocolWorker(at, "a").batch("f", range(), HELD);
        Script folder = at -> new ProtocolWorker(at, "a").fold(range(), HELD);
        Script renewal = at -> at.transaction(tx -> RangeRows.renew(tx, range(), HELD, TIME));
        Script successor = at -> new ProtocolWorker(at, "b").range(false);
        Script ending = at -> new ProtocolWorker(at, "b").range(true);
        run("a batch and the range's successor", () -> walking("a"), holder, successor, true);
        run("a batch and a successor to the range's end", () -> walking("a"), holder, ending, true);
        run("a fold and the range's successor", () -> walked("a"), folder, ending, true);
        run("a range's renewal and its successor", () -> walking("a"), renewal, successor, true);
        if (LONG) {
            run(
                    "two claim an abandoned range",
                    () -> walking("dead"),
                    at -> new ProtocolWorker(at, "a").range(false),
                    successor,
                    true);
        }
        run("two open at the frontier", () -> processing(null, 0), this::open, this::open, true);
    }

    private void open(StateStore at) throws Exception {
        new ProtocolWorker(at, at.who()).open();
    }

    private void operators() throws Exception {
        Script holder = at -> {
            ProtocolWorker worker = new ProtocolWorker(at, "a");
            if (worker.batch("f", range(), HELD)) {
                worker.fold(range(), HELD);
            }
        };
        for (Map.Entry<String, Script> operator : operations().entrySet()) {
            run("a range to its end and " + operator.getKey(), () -> walking("a"), holder, operator.getValue(), true);
        }
        Script failing = at -> at.transaction(
                tx -> MigrationClaims.attemptFailed(tx, range(), HELD, new AttemptFailure("no", 1, true, TIME)));
        run(
                "a failing range and its successor",
                () -> walking("a"),
                failing,
                at -> new ProtocolWorker(at, "b").range(true),
                true);
    }

    private Map<String, Script> operations() {
        Map<String, Script> operations = new LinkedHashMap<>();
        operations.put("a pause", at -> at.transaction(tx -> Operations.pause(tx, 1, null)));
        operations.put("a skip", at -> at.transaction(tx -> Operations.skip(tx, 1, "why")));
        operations.put("newer code", at -> {
            MigrationRow row = new ProtocolWorker(at, "b").row();
            at.transaction(tx -> Operations.adopt(tx, row, MENDED, "new"));
        });
        return operations;
    }

    private void ends() throws Exception {
        Script last = at -> {
            ProtocolWorker worker = new ProtocolWorker(at, at.who().equals("worker 0") ? "a" : "b");
            List<RangeRow> own = worker.ranges().stream()
                    .filter(range -> worker.owner().equals(range.owner()))
                    .toList();
            worker.fold(own.get(0), new Claim(worker.owner(), 1, 0));
            worker.endWalk();
        };
        run("two finish the last ranges", this::twoWalked, last, last, true);
    }

    private void run(String what, Interleavings.Step begin, Script one, Script other, boolean isBatch)
            throws Exception {
        orders.put(
                what,
                interleavings.all(
                        () -> {
                            clear();
                            begin.run();
                        },
                        one,
                        other,
                        () -> check(isBatch)));
    }

    private void clear() throws Exception {
        TABLES.all().forEach(table -> fresh.dsl().deleteFrom(table).execute());
        fresh.dsl().execute("delete from things");
        fresh.dsl().execute("insert into things values (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)");
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(ENTRY), "b");
            return null;
        });
    }

    private void pending() {
        var t = TABLES.migrations();
        fresh.dsl().update(t).set(t.STATE, "pending").execute();
    }

    /** Held by someone; the claim has expired if the owner is the dead worker. */
    private void processing(String owner, long token) {
        var t = TABLES.migrations();
        fresh.dsl()
                .update(t)
                .set(t.STATE, "processing")
                .set(t.OWNER, owner)
                .set(t.TOKEN, token)
                .set(t.CLAIMED_UNTIL, until(owner))
                .execute();
    }

    private LocalDateTime until(String owner) {
        if (owner == null) {
            return null;
        }
        return owner.equals("dead")
                ? LocalDateTime.of(2020, 1, 1, 0, 0)
                : LocalDateTime.now(java.time.ZoneOffset.UTC).plusHours(1);
    }

    private void walking(String owner) throws Exception {
        processing(null, 0);
        MigrationRow row = new ProtocolWorker(store, "a").row();
        store.transaction(tx -> RangeRows.open(tx, row, FIRST, new RangeRows.Owner(owner, TIME), 4));
        var r = TABLES.ranges();
        fresh.dsl().update(r).set(r.CLAIMED_UNTIL, until(owner)).execute();
    }

    private void walked(String owner) throws Exception {
        walking(owner);
        assertThat(new ProtocolWorker(store, owner).batch("f", range(), HELD)).isTrue();
    }

    private void twoWalked() throws Exception {
        processing(null, 0);
        for (String owner : List.of("a", "b")) {
            ProtocolWorker worker = new ProtocolWorker(store, owner);
            RangeRow range = worker.open();
            assertThat(worker.batch("f", range, new Claim(owner, 1, 0))).isTrue();
        }
    }

    /** The first range as its holder knows it, from when it was claimed. */
    private RangeRow range() {
        return new RangeRow(1, 1, null, ProtocolWorker.MIDDLE, null, true, "a", 1, 1, false);
    }

    private void check(boolean isBatch) throws Exception {
        assertThat(count("changes > 1")).as("rows done twice").isZero();
        MigrationRow row = new ProtocolWorker(store, "c").row();
        boolean isSkipped =
                fresh.dsl().fetchCount(TABLES.events(), TABLES.events().EVENT.eq("skipped")) > 0;
        if (isBatch) {
            assertThat(writtenDown()).as("rows written down").isEqualTo(count("changes = 1"));
        } else if (!isSkipped) {
            assertThat(count("changes = 1")).isEqualTo(row.state() == State.DONE ? 6 : 0);
        }
        if (!isSkipped) {
            end(isBatch);
            assertThat(count("changes = 1")).as("rows done in the end").isEqualTo(6);
        }
    }

    private int count(String which) {
        return fresh.dsl().fetchCount(DSL.table("things"), DSL.condition(which));
    }

    private int writtenDown() {
        var t = TABLES.migrations();
        var r = TABLES.ranges();
        Function<Object, Integer> number = sum -> sum == null ? 0 : ((Number) sum).intValue();
        return number.apply(fresh.dsl().select(t.ROWS_DONE).from(t).fetchOne(0))
                + number.apply(fresh.dsl().select(DSL.sum(r.ROWS_DONE)).from(r).fetchOne(0));
    }

    /** A later worker finishes it alone. */
    private void end(boolean isBatch) throws Exception {
        ProtocolWorker last = new ProtocolWorker(later, "c");
        last.store().transaction(tx -> Operations.resume(tx, 1, null));
        last.store().transaction(tx -> Operations.retry(tx, 1, null));
        MigrationRow row = last.row();
        for (int step = 0; step < 12 && row.state() != State.DONE; step++) {
            if (!isBatch) {
                last.piece();
            } else if (row.state() == State.PENDING) {
                Claim claim = last.claim(row);
                last.store()
                        .transaction(tx -> MigrationClaims.openWalk(
                                tx, 1, claim, new MigrationClaims.Opening(6, "things (id)", new KeyList(List.of()))));
            } else {
                step(last);
            }
            row = last.row();
        }
        assertThat(row.state()).isEqualTo(State.DONE);
        assertThat(fresh.dsl().fetchCount(TABLES.ranges())).isZero();
    }

    private static void step(ProtocolWorker later) throws Exception {
        if (later.ranges().isEmpty()) {
            RangeRow range = later.open();
            if (range != null) {
                later.walk(later.row(), range, new Claim("c", 1, 0), true);
            }
            later.endWalk();
        } else {
            later.range(true);
        }
    }
}
