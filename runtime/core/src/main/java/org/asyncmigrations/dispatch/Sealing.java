package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.OlderTransactions;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.SealRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusRows;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After the gate of an after-release migration has opened, walks its dependencies once more: rows may have been committed behind
 * the cursor, and old instances may have written the old schema until they ended. Thread-safe.
 */
final class Sealing {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final StateStore store;
    private final GateKeeper keeper;
    private final String build;

    /** The transactions that were running when a gate was first seen open, by the after-release migration's version and token. */
    private final Map<String, OlderTransactions> older = new ConcurrentHashMap<>();

    Sealing(StateStore store, GateKeeper keeper, String build) {
        this.store = store;
        this.keeper = keeper;
        this.build = build;
    }

    /** {@return what to do with the walk; null if something was done and everything must be read again} */
    @Nullable
    NextAction next(NextAction.Seal seal, boolean gated) throws SQLException {
        MigrationEntry entry = SealRows.entry(seal.sealed(), seal.entry());
        MigrationRow walk = seal.walk();
        if (walk == null) {
            return gated && !keeper.holdsOpen(seal.entry(), seal.row()) ? null : begin(seal, entry);
        }
        if (!SealRows.belongs(walk, seal.row())) {
            if (store.transaction(tx -> SealRows.isWanted(tx, walk))) {
                return new NextAction.Wait(shown(
                        seal, "begins when " + seal.sealed() + " has been walked once more for another migration"));
            }
            store.transaction(tx -> {
                SealRows.forget(tx, walk.version());
                return null;
            });
            return null;
        }
        if (walk.state() == State.DONE) {
            finish(seal, "walked once more: " + rows(walk.version()) + " were pending");
            return null;
        }
        return going(seal, entry, walk);
    }

    private @Nullable NextAction begin(NextAction.Seal seal, MigrationEntry entry) throws SQLException {
        // A migration that never ran or was skipped was not supposed to change its rows.
        if (!seal.before().gate().begun()
                || store.transaction(tx -> SealRows.wasSkipped(tx, seal.sealed().version()))) {
            finish(seal, "not walked: it was skipped, or set to done by hand");
            return null;
        }
        if (!olderHaveEnded(seal)) {
            return new NextAction.Wait(
                    shown(seal, "waits until transactions older than the opening of its gate have ended"));
        }
        try {
            store.transaction(tx -> SealRows.register(tx, seal.row(), entry, build));
        } catch (IntegrityConstraintViolationException written) {
            LOG.debug("another instance was faster: {}", written.getMessage());
        }
        shown(seal, "begins when " + seal.sealed() + " has been walked once more");
        return null;
    }

    private boolean olderHaveEnded(NextAction.Seal seal) throws SQLException {
        String opening = seal.entry().version() + ":" + seal.row().token();
        OlderTransactions transactions = older.get(opening);
        try (Session session = store.connections().borrow()) {
            if (transactions == null) {
                transactions =
                        older.computeIfAbsent(opening, none -> session.product().olderTransactions());
            }
            session.begin(Limits.STATE);
            return transactions.haveEnded(session.dsl());
        } catch (DataAccessException refused) {
            if (Set.of(Trouble.CONNECTION, Trouble.FULL).contains(Trouble.of(refused))) {
                throw refused;
            }
            LOG.warn(
                    "{}: running transactions cannot be read, so {} is walked once more without waiting for older ones"
                            + " to end ({}); on MariaDB and MySQL, grant PROCESS",
                    seal.entry(),
                    seal.sealed(),
                    String.valueOf(refused.getMessage()));
            return true;
        }
    }

    private NextAction going(NextAction.Seal seal, MigrationEntry entry, MigrationRow walk) throws SQLException {
        if (walk.state() == State.FAILED && entry.isSameCode(walk.code().fingerprint())) {
            MigrationStatus status = store.transaction(tx -> StatusRows.of(tx, walk.version()));
            String error = status == null ? null : status.firstError();
            return new NextAction.Settled(
                    Outcome.FAILED,
                    seal.entry() + " "
                            + shown(
                                    seal,
                                    "waits: " + entry + " has failed; fix the cause, then"
                                            + " retry() " + seal.entry() + ": "
                                            + (error == null ? "" : error)),
                    false);
        }
        if (!entry.isSameCode(walk.code().fingerprint())) {
            return new NextAction.OtherCode(entry, walk);
        }
        if (walk.state() == State.CREATED) {
            return new NextAction.Ready(entry, walk);
        }
        return walk.due() ? new NextAction.Run(entry, walk) : new NextAction.BackOff(entry);
    }

    private String rows(long version) throws SQLException {
        MigrationStatus status = store.transaction(tx -> StatusRows.of(tx, version));
        long rows = status == null ? 0 : status.progress().rowsDone();
        return rows == 1 ? "1 row" : rows + " rows";
    }

    private void finish(NextAction.Seal seal, String how) throws SQLException {
        store.transaction(tx -> SealRows.finish(tx, seal.row(), seal.sealed(), seal.sealed() + " " + how));
    }

    private String shown(NextAction.Seal seal, String reason) throws SQLException {
        store.transaction(tx -> {
            MigrationRows.throttled(tx, seal.entry().version(), reason);
            return null;
        });
        return reason;
    }
}
