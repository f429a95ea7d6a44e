package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.BuildRows;
import org.asyncmigrations.state.GateRows;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.InstanceRows.Instance;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.OwnInstance;
import org.asyncmigrations.state.OwnInstance.Known;
import org.asyncmigrations.state.OwnInstance.Opened;
import org.asyncmigrations.state.OwnInstance.Stranger;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance's row in the database. After writing the row, the instance reads the gates. So either a gate that opens meanwhile
 * finds the row, or the instance finds the gate open. Thread-safe.
 */
public final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /** SQLSTATE for a missing column: PostgreSQL; MariaDB, MySQL and H2. */
    private static final Set<String> MISSING_COLUMN = Set.of("42703", "42S22");

    private final StateStore store;
    private final OwnInstance row;
    private final Self self;
    private final Duration drain;
    private final Known build;
    private final Set<Long> told = new HashSet<>();
    private boolean left;
    private boolean registered;
    private boolean looked;
    private boolean tellsRuntime;
    private volatile @Nullable String refusal;
    private volatile @Nullable BuildTooOldException tooOld;

    /**
     * What is known of an instance before it registers.
     *
     * @param name host, process and a random number
     * @param host the machine's full name
     * @param application the application's name, empty for none
     * @param release its release
     * @param formerly earlier names of the application
     * @param prefix the prefix of its state tables, for messages
     */
    public record Self(
            String name, String host, String application, String release, Set<String> formerly, String prefix) {
        /**
         * Copies the set.
         *
         * @param name host, process and a random number
         * @param host the machine's full name
         * @param application the application's name, empty for none
         * @param release its release
         * @param formerly earlier names of the application
         * @param prefix the prefix of its state tables
         */
        public Self {
            formerly = Set.copyOf(formerly);
        }
    }

    /**
     * An instance.
     *
     * @param store for events, and for closing gates
     * @param row its row
     * @param self the data for its row
     * @param drain how long it still counts for the gate after its close
     * @param entries the migrations of its build
     */
    public Presence(StateStore store, OwnInstance row, Self self, Duration drain, List<MigrationEntry> entries) {
        this.store = store;
        this.row = row;
        this.self = self;
        this.drain = drain;
        this.build = Build.of(entries);
        // While a live instance doesn't record its library version, independent migrations run in order.
        this.tellsRuntime = entries.stream().anyMatch(MigrationEntry::independent);
    }

    /**
     * Registers this instance and its build, once, and then checks whether it may work on these tables.
     *
     * @throws SQLException if there is no connection, or the database refuses
     */
    public synchronized void arrive() throws SQLException {
        if (left) {
            return;
        }
        if (!registered) {
            write();
            registered = true;
            looked = false;
            sayRuntime();
        }
        if (!looked || refusal != null) {
            look();
            looked = true;
        }
    }

    /**
     * Whether no other instance is live.
     *
     * @return whether no other heartbeat was seen lately
     * @throws SQLException if there is no connection, or the database refuses
     */
    public boolean isAlone() throws SQLException {
        return !store.transaction(tx -> InstanceRows.isAnyOtherLive(tx, self.name()));
    }

    /** Records this instance's version of the library, now or when it registers. */
    public synchronized void tellRuntime() {
        tellsRuntime = true;
        if (registered) {
            sayRuntime();
        }
    }

    private void sayRuntime() {
        try {
            if (tellsRuntime) {
                store.transaction(tx -> {
                    InstanceRows.tellRuntime(tx, self.name());
                    return null;
                });
            }
        } catch (SQLException | DataAccessException failure) {
            LOG.debug("the runtime's version could not be recorded", failure);
        }
    }

    /**
     * Records only this instance's build, before the first row that refers to it.
     *
     * @throws SQLException if there is no connection, or the database refuses
     */
    public void announceBuild() throws SQLException {
        row.announce(build);
    }

    /** Adds missing columns if the tables were created by an older version of the library. */
    private void write() throws SQLException {
        try {
            row.arrive(instance(), build);
        } catch (SQLException failure) {
            if (!MISSING_COLUMN.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
            store.install();
            row.arrive(instance(), build);
        }
        prune();
    }

    /** A failed clean-up doesn't keep an instance from registering. */
    private void prune() {
        try {
            row.prune();
        } catch (SQLException failure) {
            LOG.warn(
                    "async migrations: old rows of {}migration_instances and {}migration_events could not be deleted;"
                            + " the next instance tries again: {}",
                    self.prefix(),
                    self.prefix(),
                    Trouble.words(failure));
        }
    }

    private Instance instance() {
        return new Instance(self.name(), self.host(), self.application(), self.release(), build.hash());
    }

    /**
     * Sends a heartbeat. If its row was deleted, or others have counted it as gone, the instance registers again.
     *
     * @throws SQLException if the heartbeat can't be sent
     */
    public synchronized void beat() throws SQLException {
        registered = registered && row.beat(self.name());
        arrive();
    }

    /** {@return whether it only needs a plain heartbeat, which can be sent together with others} */
    synchronized boolean isSettled() {
        return registered && looked && refusal == null && self.name().matches("[A-Za-z0-9.:_-]+");
    }

    /**
     * Sends the heartbeats of several instances with the same data source, in one round trip.
     *
     * @param all the instances, each of them {@linkplain #isSettled() settled}
     * @return for each, whether others have counted it as alive
     * @throws SQLException if one of the heartbeats can't be sent
     */
    static List<Boolean> beat(List<Presence> all) throws SQLException {
        return OwnInstance.beat(all.stream()
                .map(one -> new OwnInstance.Named(one.row, one.self.name()))
                .toList());
    }

    /** Others have counted this instance as gone, or its row was deleted: it registers again with its next beat. */
    synchronized void countedAsGone() {
        registered = false;
    }

    /**
     * Records that this instance is being closed.
     *
     * @throws SQLException if that can't be recorded
     */
    public synchronized void leave() throws SQLException {
        left = true;
        if (registered) {
            registered = false;
            row.leave(self.name(), drain);
            prune();
        }
    }

    private void look() throws SQLException {
        lookForStrangers();
        for (Opened opened : row.unknownOpened(build)) {
            if (opened.begun() || !hasClosed(opened.version())) {
                sayTooOld(opened);
            }
        }
    }

    /** Two applications in the same tables would each wait for migrations that the other doesn't have. */
    private void lookForStrangers() throws SQLException {
        List<Stranger> strangers = self.application().isEmpty()
                ? List.of()
                : row.strangers(instance()).stream()
                        .filter(other -> !self.formerly().contains(other.application()))
                        .toList();
        if (strangers.isEmpty()) {
            refusal = null;
        } else if (refusal == null) {
            refusal = refusal(strangers);
            LOG.error("async migrations: {}", refusal);
            say(0, "refused", String.valueOf(refusal));
        }
    }

    private String refusal(List<Stranger> strangers) {
        String theirs = strangers.stream()
                .map(Stranger::application)
                .distinct()
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        return "application '" + self.application() + "' cannot use the state tables with the prefix " + self.prefix()
                + ", which application " + theirs + " uses ("
                + Names.of(strangers.stream()
                        .map(other -> new Names.Named(other.instance(), other.host()))
                        .toList())
                + "); give one of them another prefix with @AsyncMigrations(prefix = \"…\"), or, if it is the same"
                + " application under a new name, give the builder its old name too:"
                + " application(\"" + self.application() + "\", \""
                + strangers.get(0).application() + "\")";
    }

    /** An older build is back, and the migration that would harm it hasn't begun. */
    private boolean hasClosed(long version) throws SQLException {
        return store.transaction(tx -> GateRows.close(
                        tx, version, "an instance whose build does not contain it has started: " + self.name()))
                || !store.transaction(tx -> GateRows.hasBegun(tx, version));
    }

    private void sayTooOld(Opened opened) throws SQLException {
        BuildTooOldException found = new BuildTooOldException(opened.version(), opened.name());
        tooOld = found;
        tooOld(found);
    }

    /**
     * Records that this build is too old, once for each migration.
     *
     * @param found the migration, and why
     * @throws SQLException if there is no connection
     */
    public synchronized void tooOld(BuildTooOldException found) throws SQLException {
        if (told.add(found.version())) {
            LOG.error("async migrations: {}", found.getMessage());
            say(found.version(), "too old", String.valueOf(found.getMessage()));
        }
    }

    private void say(long version, String event, String detail) throws SQLException {
        store.transaction(tx -> {
            GateRows.say(tx, version, event, detail);
            return null;
        });
    }

    /** {@return why this instance may not work on these tables, null if it may} */
    public @Nullable String refusal() {
        return refusal;
    }

    /** {@return an exception that names an after-release migration which has begun and isn't in this build; null for none} */
    public @Nullable BuildTooOldException tooOld() {
        return tooOld;
    }

    /**
     * Whether this build's code for a migration has precedence over the code in its row: this build was first seen later, or no
     * instance runs the other build any more.
     *
     * @param tx the transaction
     * @param row the migration, with another fingerprint than this build's
     * @return whether this build may set the fingerprint
     */
    public boolean isNewer(StateTransaction tx, MigrationRow row) {
        String other = row.code().build();
        return other.equals(build.hash())
                || BuildRows.isNewer(tx, build.hash(), other)
                || !InstanceRows.isLive(tx, other);
    }

    /** {@return the hash of this instance's build} */
    public String build() {
        return build.hash();
    }
}
