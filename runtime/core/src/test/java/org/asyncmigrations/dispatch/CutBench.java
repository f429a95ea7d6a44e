package org.asyncmigrations.dispatch;

import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.SentStatements.Cut;
import org.asyncmigrations.dispatch.SentStatements.Moment;
import org.asyncmigrations.state.StateTables;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.ThrottleRun;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Runs one kind of migration on one database repeatedly, and cuts the connection at another statement in each run. Used by one
 * thread.
 */
final class CutBench {
    private static final int ROWS = 50;

    /** Three batches: 12 rows, 24 rows, and the open one. */
    private static final long FIRST_BATCH = 12;

    /** Longer than a claim lasts, and longer than the pause after a failed attempt. */
    private static final Duration LATER = Duration.ofSeconds(31);

    /** Far more rounds than one cut needs. */
    private static final int ROUNDS = 10;

    private static final StateTables TABLES = TestTables.all();
    private static final Table<?> REGISTERED = DSL.table(DSL.name("registered"));

    private final TestDatabase.Fresh fresh;
    private final CutKind kind;
    private final Function<Cut, SentStatements> faults;
    private final List<String> wrong = new ArrayList<>();
    private Set<Integer> kept = Set.of();
    private int planned;
    private int cuts;
    private int lost;
    private int twice;

    /** @param faults creates what sits between a run and the database, each with its fault */
    CutBench(TestDatabase.Fresh fresh, CutKind kind, Function<Cut, SentStatements> faults) {
        this.fresh = fresh;
        this.kind = kind;
        this.faults = faults;
        prepare();
    }

    /**
     * The result of all cuts.
     *
     * @param planned how many cuts there should have been
     * @param cuts how many of them runs have reached
     * @param lost rows that were never changed
     * @param twice rows that were changed more than once
     * @param wrong broken promises, each with its cut
     */
    record Seen(int planned, int cuts, int lost, int twice, List<String> wrong) {
        Seen plus(Seen other) {
            List<String> all = new ArrayList<>(wrong);
            all.addAll(other.wrong);
            return new Seen(planned + other.planned, cuts + other.cuts, lost + other.lost, twice + other.twice, all);
        }
    }

    /** {@return the result of all cuts so far} */
    Seen seen() {
        return new Seen(planned, cuts, lost, twice, wrong);
    }

    /** {@return the statements of a run without a fault} */
    List<String> count() {
        SentStatements all = run(Cut.NEVER);
        kept = all.kept();
        return all.sent();
    }

    /**
     * The moments that make a difference for a statement of that run. Within a transaction, the server rolls back what it has
     * received and the client learns nothing in both, so one of them is enough.
     */
    List<Moment> momentsThatDiffer(int at) {
        List<Moment> all = List.of(Moment.values());
        return kept.contains(at) ? all : List.of(all.get(at % all.size()));
    }

    /** Runs from start to end, with a fault in the middle. */
    void cut(Cut at) {
        planned++;
        // The last ones aren't reached if the counted run took long and included a heartbeat.
        cuts += run(at).what() == null ? 0 : 1;
    }

    /** Creates the tables. For migrations in batches, the registered rows contain a batch size, so that each run starts with it. */
    private void prepare() {
        DSLContext dsl = fresh.dsl();
        Customers.create(dsl, ROWS);
        dsl.update(CUSTOMERS).set(EMAIL, "Nobody").where(EMAIL.isNull()).execute();
        if (kind == CutKind.FROM_THE_START) {
            return;
        }
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry =
                kind.catalog().on(fresh.dataSource()).worker(worker).build()) {
            registry.dispatch();
            worker.step();
        }
        dsl.update(TABLES.migrations())
                .set(TABLES.migrations().BATCH_SIZE, FIRST_BATCH)
                .execute();
        dsl.createTable(REGISTERED).as(DSL.selectFrom(TABLES.migrations())).execute();
    }

    /** Drops the tables, if the database itself isn't dropped. */
    void drop() {
        DSLContext dsl = fresh.dsl();
        TABLES.all().forEach(table -> dsl.dropTableIfExists(table).execute());
        dsl.dropTableIfExists(REGISTERED).execute();
        dsl.dropTable(CUSTOMERS).execute();
    }

    private void begin() {
        DSLContext dsl = fresh.dsl();
        dsl.update(CUSTOMERS).setNull(EMAIL_LOWER).set(CHANGES, 0).execute();
        if (kind == CutKind.REJECTS) {
            dsl.update(CUSTOMERS)
                    .set(EMAIL, CutKind.ODD)
                    .where(ID.eq(CutKind.MIDDLE))
                    .execute();
        }
        if (kind == CutKind.FROM_THE_START) {
            TABLES.all().forEach(table -> dsl.dropTableIfExists(table).execute());
            return;
        }
        TABLES.all().forEach(table -> dsl.deleteFrom(table).execute());
        if (kind.isInBatches()) {
            dsl.insertInto(TABLES.migrations())
                    .select(DSL.selectFrom(REGISTERED))
                    .execute();
        }
    }

    private SentStatements run(Cut cut) {
        begin();
        SentStatements connections = faults.apply(cut);
        ManualWorker worker = new ManualWorker();
        Duration[] later = {Duration.ZERO};
        // The default throttle caches its answer for a second. The test's clock doesn't shorten that.
        try (Dispatcher registry = kind.catalog()
                .on(connections)
                .worker(worker)
                .threads(1)
                .mode(Mode.AFTER)
                .targetBatchTime(Duration.ofMinutes(1))
                .giveWay(Duration.ofMillis(10))
                .beatenByHand(true)
                .maxReplicationLag(Duration.ZERO)
                .throttle(CutBench::read)
                .clockShift(() -> later[0])
                .build()) {
            registry.dispatch();
            for (int round = 0; round < ROUNDS && worker.untilIdle() != Step.Kind.FINISHED; round++) {
                mend(registry);
                later[0] = later[0].plus(LATER);
            }
        }
        connections.settle();
        judge(cut, connections);
        return connections;
    }

    /** What an operator does after rows were set aside. */
    private void mend(Dispatcher registry) {
        var rows = TABLES.migrations();
        if (kind != CutKind.REJECTS || !fresh.dsl().fetchExists(rows, rows.STATE.eq(State.FAILED.word()))) {
            return;
        }
        fresh.dsl()
                .update(CUSTOMERS)
                .set(EMAIL, "mended")
                .where(EMAIL.eq(CutKind.ODD))
                .execute();
        try {
            registry.migration(1).retry();
        } catch (MigrationException cut) {
            // The next round shows whether it was done.
            assert cut.getCause() != null;
        }
    }

    private static Answer read(ThrottleRun run) {
        run.dsl().selectOne().fetch();
        return Answer.goOn();
    }

    private void judge(Cut cut, SentStatements connections) {
        String where = cut + " " + connections.what() + ": ";
        DSLContext dsl = fresh.dsl();
        int never = dsl.fetchCount(CUSTOMERS, CHANGES.eq(0).or(EMAIL_LOWER.isNull()));
        int more = dsl.fetchCount(CUSTOMERS, CHANGES.gt(1));
        lost += never;
        twice += more;
        if (never > 0 || (more > 0 && kind.isOnceOnly())) {
            wrong.add(where + never + " rows lost, " + more + " changed twice");
        }
        var rows = TABLES.migrations();
        int done = dsl.fetchCount(
                rows,
                rows.STATE
                        .eq(State.DONE.word())
                        .and(rows.OWNER.isNull())
                        .and(rows.CLAIMED_UNTIL.isNull())
                        .and(rows.ERROR.isNull()));
        if (done != kind.versions().size()) {
            wrong.add(where + dsl.selectFrom(rows).fetch());
        }
        if (dsl.fetchExists(TABLES.ranges()) || dsl.fetchExists(TABLES.rejects())) {
            wrong.add(where + "ranges or rejects are left");
        }
        judgeEvents(where);
    }

    /** What happens once to a migration is reported once, however often it is retried. A lost connection isn't a failed attempt. */
    private void judgeEvents(String where) {
        var events = TABLES.events();
        List<String> happened = fresh.dsl()
                .select(events.EVENT, events.VERSION)
                .from(events)
                .fetch(row -> row.value1() + " " + row.value2());
        List<String> expected = new ArrayList<>();
        for (long version : kind.versions()) {
            expected.addAll(List.of("ready " + version, "started " + version, "done " + version));
            if (kind == CutKind.REJECTS) {
                expected.addAll(List.of("rejected 1", "failed 1", "retried 1", "started 1", "reject mended 1"));
            }
            if (!kind.isInBatches()) {
                expected.add("registered " + version);
            }
        }
        if (kind == CutKind.AFTER_RELEASE) {
            expected.add("gate opened 2");
        }
        List<String> more = new ArrayList<>(happened);
        expected.forEach(more::remove);
        // If the COMMIT of a claim wasn't confirmed, nobody has the claim until it expires.
        more.removeIf(event -> event.startsWith("taken over"));
        // Whoever takes it over retries its rejects.
        more.removeIf("rejected 1"::equals);
        if (!kind.isOnceOnly()) {
            // Nobody knows what was done in auto-commit, so the attempt has failed and another one starts.
            more.removeIf(event -> event.startsWith("attempt failed") || event.startsWith("started"));
        }
        if (!more.isEmpty() || !happened.containsAll(expected)) {
            wrong.add(where + happened);
        }
    }
}
