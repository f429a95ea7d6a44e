package org.asyncmigrations.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.State;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.jooq.DSLContext;

/**
 * A worker's steps for migration 1, over a table {@code things} with the ids 1 to 6: reads, claims, works, fences, folds, ends.
 * Like the dispatcher, it doesn't read again what it has already read.
 */
record ProtocolWorker(StateStore store, String owner, boolean onlyPending) {
    static final Duration TIME = Duration.ofHours(1);

    /** The last key of the first of two ranges. */
    static final String MIDDLE = "3";

    ProtocolWorker(StateStore store, String owner) {
        this(store, owner, false);
    }

    MigrationRow row() throws SQLException {
        return store.transaction(tx -> MigrationRows.find(tx, 1));
    }

    List<RangeRow> ranges() throws SQLException {
        return store.transaction(tx -> RangeRows.of(tx, MigrationRows.find(tx, 1)));
    }

    /** Reads, claims or takes over, works and ends, for a whole migration in one piece. */
    void piece() throws SQLException {
        MigrationRow row = row();
        Claim claim = claim(row);
        if (claim != null) {
            endPiece(claim);
        }
    }

    Claim claim(MigrationRow row) throws SQLException {
        if (row.state() == State.PENDING) {
            return store.transaction(tx -> MigrationClaims.claim(tx, row, owner, TIME));
        }
        return row.state() == State.PROCESSING && row.hold() != MigrationRow.Hold.LIVE
                ? store.transaction(tx -> MigrationClaims.takeOver(tx, row, owner, TIME))
                : null;
    }

    boolean endPiece(Claim claim) throws SQLException {
        try (Session session = store.connections().borrow()) {
            session.begin(limits());
            change(session.dsl(), null, null);
            boolean held = MigrationClaims.finish(store.within(session), 1, claim, null, 0);
            end(session, held);
            return held;
        }
    }

    /** Reads the ranges, claims the first available one, walks it and folds it. */
    void range(boolean folds) throws SQLException {
        MigrationRow row = row();
        for (RangeRow range : ranges()) {
            Claim claim =
                    range.claimed() ? null : store.transaction(tx -> RangeRows.claim(tx, row, range, owner, TIME));
            if (claim != null) {
                walk(row, range.claimedBy(claim), claim, folds);
                return;
            }
        }
    }

    void walk(MigrationRow row, RangeRow range, Claim claim, boolean folds) throws SQLException {
        boolean held = range.isWalked() || batch(row.code().fingerprint(), range, claim);
        if (held && folds) {
            fold(range, claim);
        }
    }

    /** One batch, which covers the whole range. {@return whether it was committed} */
    boolean batch(String fingerprint, RangeRow range, Claim claim) throws SQLException {
        try (Session session = store.connections().borrow()) {
            session.begin(limits());
            int rows = change(session.dsl(), range.position(), range.toKey());
            String cursor = range.toKey() == null ? "6" : range.toKey();
            boolean held = RangeRows.fence(
                    store.within(session),
                    range,
                    claim,
                    new RangeRows.Progress(cursor, rows, 0, null, rows, null),
                    fingerprint,
                    TIME);
            end(session, held);
            return held;
        }
    }

    private int change(DSLContext dsl, String after, String upTo) {
        return dsl.execute("update things set changes = changes + 1 where id > " + (after == null ? "0" : after)
                + (upTo == null ? "" : " and id <= " + upTo) + (onlyPending ? " and changes = 0" : ""));
    }

    private void end(Session session, boolean held) throws SQLException {
        if (held) {
            session.commit();
        } else {
            session.rollback();
        }
    }

    boolean fold(RangeRow range, Claim claim) throws SQLException {
        try (Session session = store.connections().borrow()) {
            session.begin(Limits.WALK);
            boolean held = RangeRows.fold(store.within(session), range, claim, 500);
            end(session, held);
            return held;
        }
    }

    /** Starts the next of the two ranges. */
    RangeRow open() throws SQLException {
        MigrationRow row = row();
        String end = row.walk().nextRange() == 1 ? MIDDLE : null;
        return row.walk().atEnd()
                ? null
                : store.transaction(tx -> RangeRows.open(
                        tx, row, new RangeRows.End("things (id)", end), new RangeRows.Owner(owner, TIME), 4));
    }

    /** Ends a walk whose ranges are all finished. */
    void endWalk() throws SQLException {
        MigrationRow row = row();
        if (row.state() == State.PROCESSING && row.walk().atEnd() && ranges().isEmpty()) {
            Claim claim = claim(row);
            if (claim != null) {
                store.transaction(tx -> MigrationClaims.finish(tx, 1, claim, null, 0));
            }
        }
    }

    private static Limits limits() {
        Duration patience = Duration.ofSeconds(30);
        return new Limits(patience, patience, patience, patience, "async-migrations", true, true);
    }
}
