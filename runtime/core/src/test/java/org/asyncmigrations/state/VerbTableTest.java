package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.jooq.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each verb of the state tables in every situation that a migration can be in: a legal one does what the table says, others change
 * nothing.
 */
class VerbTableTest {
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");
    private static final MigrationEntry MENDED = MigrationEntry.async(1, "a.One", By.TRANSACTION, "mended");
    private static final Duration TIME = Duration.ofHours(1);
    private static final Claim MINE = new Claim("me", 5, 0);
    private static final RangeRow RANGE = new RangeRow(1, 1, null, "9", null, true, "me", 5, 1, false);

    private Fresh fresh;
    private StateStore store;

    /** Who holds a claim, and whether it has expired. */
    private enum Hold {
        FREE,
        MINE,
        MINE_EXPIRED,
        ANOTHERS,
        ANOTHERS_EXPIRED;

        boolean isMine() {
            return this == MINE || this == MINE_EXPIRED;
        }

        boolean isToBeHad() {
            return this == FREE || this == MINE_EXPIRED || this == ANOTHERS_EXPIRED;
        }
    }

    private record Situation(State state, boolean paused, Hold hold) {
        boolean isWorkable() {
            return state == State.PROCESSING && !paused;
        }
    }

    /** What is done in a transaction to a row that was just read. */
    @FunctionalInterface
    private interface Verb {
        Object on(StateTransaction tx, MigrationRow row);
    }

    @FunctionalInterface
    private interface Law {
        /** {@return the state afterwards, null if the verb is illegal} */
        State after(Situation situation);
    }

    private record Line(String name, boolean onRange, Verb verb, Law law) {}

    private static Line migration(String name, Verb verb, Law law) {
        return new Line(name, false, verb, law);
    }

    private static Line range(String name, Verb verb, Law law) {
        return new Line(name, true, verb, law);
    }

    /** If one of these verbs returns false, the transaction must be rolled back, because its first statement has already had an effect. */
    private static final Set<String> ROLLED_BACK =
            Set.of("fold", "range's attempt failed", "range's last attempt failed");

    private static List<Line> table() {
        List<Line> lines = new ArrayList<>(operations());
        lines.addAll(claims());
        lines.addAll(ranges());
        return lines;
    }

    private static List<Line> operations() {
        return List.of(
                migration(
                        "ready",
                        (tx, row) -> Operations.ready(tx, row),
                        s -> s.state == State.CREATED && !s.paused ? State.PENDING : null),
                migration(
                        "pause",
                        (tx, row) -> Operations.pause(tx, 1, null),
                        s -> s.state != State.DONE && !s.paused ? s.state : null),
                migration("resume", (tx, row) -> Operations.resume(tx, 1, null), s -> s.paused ? s.state : null),
                migration(
                        "retry",
                        (tx, row) -> Operations.retry(tx, 1, null),
                        s -> s.state == State.FAILED ? State.PENDING : null),
                migration(
                        "accept rejects",
                        (tx, row) -> Operations.acceptRejects(tx, 1, "why"),
                        s -> s.state == State.FAILED ? State.PENDING : null),
                migration(
                        "skip",
                        (tx, row) -> Operations.skip(tx, 1, "why"),
                        s -> s.state != State.DONE ? State.DONE : null),
                migration("adopt", (tx, row) -> Operations.adopt(tx, row, MENDED, "b2"), s -> switch (s.state) {
                    case DONE -> null;
                    case FAILED -> State.PENDING;
                    default -> s.state;
                }));
    }

    private static List<Line> claims() {
        Law toBeHad = s -> s.isWorkable() && s.hold.isToBeHad() ? State.PROCESSING : null;
        return List.of(
                migration(
                        "claim",
                        (tx, row) -> MigrationClaims.claim(tx, row, "you", TIME),
                        s -> s.state == State.PENDING && !s.paused && s.hold.isToBeHad() ? State.PROCESSING : null),
                migration("take over", (tx, row) -> MigrationClaims.takeOver(tx, row, "you", TIME), toBeHad),
                migration("recall", (tx, row) -> MigrationClaims.recall(tx, row, "you", TIME), toBeHad),
                migration("renew", (tx, row) -> MigrationClaims.renew(tx, 1, MINE, TIME), mine(State.PROCESSING)),
                migration("finish", (tx, row) -> MigrationClaims.finish(tx, 1, MINE, null, 0), mine(State.DONE)),
                migration(
                        "open walk",
                        (tx, row) -> MigrationClaims.openWalk(
                                tx, 1, MINE, new MigrationClaims.Opening(10, "t (id)", new KeyList(List.of("5")))),
                        mine(State.PROCESSING)),
                migration("next pass", (tx, row) -> MigrationClaims.nextPass(tx, 1, MINE), mine(State.PROCESSING)),
                migration(
                        "walk anew",
                        (tx, row) -> MigrationClaims.walkAnew(tx, row, MINE, "t (b)", 10),
                        mine(State.PROCESSING)),
                migration(
                        "attempt failed",
                        (tx, row) -> MigrationClaims.attemptFailed(tx, 1, MINE, failure(false)),
                        mine(State.PENDING)),
                migration(
                        "last attempt failed",
                        (tx, row) -> MigrationClaims.attemptFailed(tx, 1, MINE, failure(true)),
                        mine(State.FAILED)),
                migration("give back", (tx, row) -> MigrationClaims.giveBack(tx, 1, MINE), mine(State.PENDING)));
    }

    private static Law mine(State to) {
        return s -> s.isWorkable() && s.hold.isMine() ? to : null;
    }

    private static AttemptFailure failure(boolean isLast) {
        return new AttemptFailure("no", 1, isLast, TIME);
    }

    private static List<Line> ranges() {
        RangeRows.Progress progress = new RangeRows.Progress("5", 1, 0, null, 1, null);
        // Everything that ends the processing also voids the ranges' claims, so a claim that is still held needs no
        // other check of the state.
        Law held = s -> s.hold.isMine() ? s.state : null;
        return List.of(
                range(
                        "open",
                        (tx, row) -> RangeRows.open(
                                tx, row, new RangeRows.End("t (id)", "9"), new RangeRows.Owner("you", TIME), 4),
                        s -> s.isWorkable() ? s.state : null),
                range(
                        "claim range",
                        (tx, row) -> RangeRows.claim(tx, row, RangeRows.again(tx, RANGE), "you", TIME),
                        s -> s.isWorkable() && s.hold.isToBeHad() ? s.state : null),
                range(
                        "fence",
                        (tx, row) -> RangeRows.fence(tx, RANGE, MINE, progress, "f", TIME),
                        mine(State.PROCESSING)),
                range(
                        "fence of other code",
                        (tx, row) -> RangeRows.fence(tx, RANGE, MINE, progress, "g", TIME),
                        s -> null),
                range("renew range", (tx, row) -> RangeRows.renew(tx, RANGE, MINE, TIME), held),
                range("fold", (tx, row) -> RangeRows.fold(tx, RANGE, MINE, 500), held),
                range(
                        "range's attempt failed",
                        (tx, row) -> MigrationClaims.attemptFailed(tx, RANGE, MINE, failure(false)),
                        mine(State.PENDING)),
                range(
                        "range's last attempt failed",
                        (tx, row) -> MigrationClaims.attemptFailed(tx, RANGE, MINE, failure(true)),
                        mine(State.FAILED)));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void eachVerbDoesWhatIsLegalAndNothingElse(TestDatabase database) throws Exception {
        int checked = 0;
        try (Fresh opened = database.fresh()) {
            fresh = opened;
            store = new StateStore(
                    Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
            StateSchema.install(store.connections(), store.tables());
            store.transaction(tx -> {
                MigrationRows.register(tx, List.of(ENTRY), "b");
                return null;
            });
            for (Line line : table()) {
                for (State state : State.values()) {
                    for (Hold hold : Hold.values()) {
                        check(line, new Situation(state, false, hold));
                        check(line, new Situation(state, true, hold));
                        checked += 2;
                    }
                }
            }
        }
        System.out.printf("%d verbs in situations on %s%n", checked, database);
        assertThat(checked).isEqualTo(table().size() * 50);
    }

    private void check(Line line, Situation situation) throws Exception {
        set(line, situation);
        State after = line.law().after(situation);
        List<String> before = after == null ? snapshot() : List.of();
        boolean done = isDone(line);
        assertThat(done).as("%s of %s", line.name(), situation).isEqualTo(after != null);
        MigrationRow row = store.transaction(tx -> MigrationRows.find(tx, 1));
        if (after == null) {
            assertThat(snapshot()).as("%s of %s", line.name(), situation).isEqualTo(before);
        } else {
            assertThat(row.state()).as("%s of %s", line.name(), situation).isEqualTo(after);
        }
    }

    private boolean isDone(Line line) throws Exception {
        MigrationRow row = store.transaction(tx -> MigrationRows.find(tx, 1));
        try {
            Object result = store.transaction(tx -> {
                Object said = line.verb().on(tx, row);
                if (Boolean.FALSE.equals(said) && ROLLED_BACK.contains(line.name())) {
                    throw new IllegalStateException("rolled back");
                }
                return said;
            });
            return result != null && !Boolean.FALSE.equals(result);
        } catch (IllegalStateException rolledBack) {
            return false;
        }
    }

    /** One reject that isn't accepted. */
    private void setReject() {
        var j = TestTables.all().rejects();
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        fresh.dsl().deleteFrom(j).execute();
        fresh.dsl()
                .insertInto(
                        j, j.VERSION, j.KEY_HASH, j.RUN_ID, j.ROW_KEY, j.ERROR, j.ATTEMPTS, j.CREATED_AT, j.UPDATED_AT)
                .values(1L, "h", "r", "7", "no", 1, now, now)
                .execute();
    }

    private void set(Line line, Situation situation) {
        setReject();
        var t = TestTables.all().migrations();
        var r = TestTables.all().ranges();
        Hold ofMigration = line.onRange() ? Hold.FREE : situation.hold();
        fresh.dsl().deleteFrom(TestTables.all().events()).execute();
        fresh.dsl().deleteFrom(r).execute();
        fresh.dsl()
                .update(t)
                .set(t.STATE, situation.state().word())
                .set(t.PAUSED, situation.paused())
                .set(t.FINGERPRINT, "f")
                .set(t.TOKEN, 5L)
                .set(t.ATTEMPTS, 1)
                .set(t.NEXT_RANGE, 2L)
                .set(t.PASS, 1)
                .setNull(t.NEXT_ATTEMPT_AT)
                .set(t.OWNER, owner(ofMigration))
                .set(t.CLAIMED_UNTIL, until(ofMigration))
                .execute();
        if (line.onRange()) {
            String run = fresh.dsl().select(t.RUN_ID).from(t).fetchOne(t.RUN_ID);
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            fresh.dsl()
                    .insertInto(r)
                    .columns(List.of(
                            r.VERSION,
                            r.RANGE_NO,
                            r.RUN_ID,
                            r.TO_KEY,
                            r.TOKEN,
                            r.ATTEMPTS,
                            r.BEATS,
                            r.ROWS_DONE,
                            r.ROWS_FOUND,
                            r.KEYS_WALKED,
                            r.UPDATED_AT,
                            r.OWNER,
                            r.CLAIMED_UNTIL))
                    .values(Collections.unmodifiableList(new ArrayList<Object>(java.util.Arrays.asList(
                            1L,
                            1L,
                            run,
                            "9",
                            5L,
                            1,
                            0L,
                            0L,
                            0L,
                            0L,
                            now,
                            owner(situation.hold()),
                            until(situation.hold())))))
                    .execute();
        }
    }

    private static String owner(Hold hold) {
        return hold == Hold.FREE ? null : hold.isMine() ? "me" : "other";
    }

    private static LocalDateTime until(Hold hold) {
        if (hold == Hold.FREE) {
            return null;
        }
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return hold.isToBeHad() ? now.minusHours(1) : now.plusHours(1);
    }

    private List<String> snapshot() {
        List<String> rows = new ArrayList<>();
        var tables = TestTables.all();
        for (Table<?> table : List.of(tables.migrations(), tables.ranges(), tables.rejects(), tables.events())) {
            fresh.dsl().selectFrom(table).fetch().forEach(row -> rows.add(table.getName() + row.intoList()));
        }
        Collections.sort(rows);
        return rows;
    }
}
