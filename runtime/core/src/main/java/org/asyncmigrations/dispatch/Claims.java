package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.database.Session;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims whole migrations for this instance, each claim under an owner of its own. Safe for threads. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final StateStore store;
    private final Settings settings;
    private final String instance;

    Claims(StateStore store, Settings settings, String instance) {
        this.store = store;
        this.settings = settings;
        this.instance = instance;
    }

    /** {@return a name for one claim: this instance's, and a random number} */
    String newOwner() {
        return instance + ":"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    Duration claimTime() {
        return settings.times().claim();
    }

    int maxAttempts() {
        return settings.maxAttempts();
    }

    /** {@return the claim on a pending migration, null when somebody else was faster} */
    @Nullable
    Claimed claim(MigrationEntry entry, MigrationRow row) throws SQLException {
        return claimed(entry, row, store.transaction(tx -> MigrationClaims.claim(tx, row, newOwner(), claimTime())));
    }

    /** {@return the claim on one in processing that nobody holds, null when somebody else was faster} */
    @Nullable
    Claimed takeOver(MigrationEntry entry, MigrationRow row) throws SQLException {
        Claim claim = store.transaction(tx -> MigrationClaims.takeOver(tx, row, newOwner(), claimTime()));
        if (claim != null) {
            endSessionOf(row.owner());
        }
        return claimed(entry, row, claim);
    }

    private static @Nullable Claimed claimed(MigrationEntry entry, MigrationRow row, @Nullable Claim claim) {
        return claim == null ? null : new Claimed(entry, row, claim);
    }

    /** Ends the server's session of a worker whose claim was taken over: frozen or cut off, it may still hold locks. */
    void endSessionOf(@Nullable String owner) {
        if (owner == null) {
            return;
        }
        try (Session session = store.connections().borrow()) {
            session.endSession("async:" + owner);
        } catch (SQLException | org.jooq.exception.DataAccessException refused) {
            // Its locks then end with its own time-outs; the fence holds it off in any case.
            LOG.debug("the session of {} could not be ended: {}", owner, refused.toString());
        }
    }
}
