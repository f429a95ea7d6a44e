package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.state.BuildRows;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.InstanceRows.Instance;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This instance's row in the database, kept alive while it works. Safe for threads. */
public final class Presence {
    /** How often it says that it is alive: a thirtieth of the silence after which it counts as gone. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final StateStore store;
    private final Instance instance;
    private final Build build;
    private boolean wanted;
    private boolean registered;

    /**
     * An instance.
     *
     * @param store where its row is kept
     * @param instance what is written down of it
     * @param build the build that it runs
     */
    public Presence(StateStore store, Instance instance, Build build) {
        this.store = store;
        this.instance = instance;
        this.build = build;
    }

    /**
     * Writes down this instance and its build, once.
     *
     * @throws SQLException when there is no connection
     */
    public synchronized void arrive() throws SQLException {
        wanted = true;
        if (registered) {
            return;
        }
        try {
            store.transaction(tx -> {
                if (!BuildRows.isKnown(tx, build.hash())) {
                    BuildRows.write(tx, build.hash(), build.versions());
                }
                return null;
            });
        } catch (IntegrityConstraintViolationException sameBuild) {
            LOG.debug("another instance has written down build {} just now", build.hash());
        }
        store.transaction(tx -> {
            InstanceRows.register(tx, instance);
            return null;
        });
        registered = true;
    }

    /**
     * Says that this instance is alive; one whose row was deleted arrives again.
     *
     * @throws SQLException when there is no connection
     */
    public synchronized void beat() throws SQLException {
        registered = registered && store.transaction(tx -> InstanceRows.beat(tx, instance.name()));
        if (wanted) {
            arrive();
        }
    }

    /**
     * Says that this instance is being closed.
     *
     * @throws SQLException when there is no connection
     */
    public synchronized void leave() throws SQLException {
        wanted = false;
        if (registered) {
            store.transaction(tx -> {
                InstanceRows.leave(tx, instance.name());
                return null;
            });
            registered = false;
        }
    }

    /**
     * Whether this build's code for a migration goes before the code that its row names: it was first seen later, or nobody
     * runs the other's build any more.
     *
     * @param tx the transaction
     * @param row the migration, with another fingerprint than ours
     * @return whether this build may set the fingerprint
     */
    public boolean isNewer(StateTransaction tx, MigrationRow row) {
        String other = row.code().build();
        return other.equals(build.hash())
                || BuildRows.isNewer(tx, build.hash(), other)
                || !InstanceRows.isLive(tx, other);
    }

    /** {@return this instance's build} */
    public Build build() {
        return build;
    }
}
