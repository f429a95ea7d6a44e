package org.asyncmigrations.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.PlainSession;
import org.asyncmigrations.state.InstanceRows.Instance;

/**
 * An instance's own row: writes it, and reads what the instance needs to know afterwards. Uses plain JDBC, so that an instance with
 * nothing to do doesn't load jOOQ. Each method is one transaction or several short ones. Thread-safe.
 */
public final class OwnInstance {
    /** How long events are kept: a quarter of a year. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(90);

    private final Connections connections;
    private final Place place;
    private final Supplier<Duration> clockShift;

    /**
     * The place of the state tables.
     *
     * @param schema their schema, empty for the connection's own
     * @param prefix the prefix of their names
     */
    public record Place(String schema, String prefix) {}

    /**
     * A build's data in its row.
     *
     * @param hash the hash of its contents
     * @param versions the migrations that it contains
     * @param retired the migrations that it has dropped
     */
    public record Known(String hash, List<Long> versions, List<Long> retired) {
        /**
         * Copies the lists.
         *
         * @param hash the hash of its contents
         * @param versions the migrations that it contains
         * @param retired the migrations that it has dropped
         */
        public Known {
            versions = List.copyOf(versions);
            retired = List.copyOf(retired);
        }

        boolean knows(long version) {
            return versions.contains(version) || retired.contains(version);
        }
    }

    /**
     * An instance of another application.
     *
     * @param instance its name
     * @param host its machine
     * @param application its application
     */
    public record Stranger(String instance, String host, String application) {}

    /**
     * A migration that a build doesn't know and whose gate is open.
     *
     * @param version the migration
     * @param name its class
     * @param begun whether it was ever claimed
     */
    public record Opened(long version, String name, boolean begun) {}

    /**
     * An instance's own row.
     *
     * @param connections connects to the database
     * @param place the place of the state tables
     * @param clockShift how far this instance's clock is ahead of the database's; zero except in tests
     */
    @SuppressWarnings("exports")
    public OwnInstance(Connections connections, Place place, Supplier<Duration> clockShift) {
        this.connections = connections;
        this.place = place;
        this.clockShift = clockShift;
    }

    /**
     * Registers an instance and its build. If the instance already has a row, for example from a commit that was not confirmed, it
     * becomes live again.
     *
     * @param instance the instance
     * @param build its build
     * @throws SQLException if it can't be written
     */
    public void arrive(Instance instance, Known build) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            write(session, build);
            int there = session.update(
                    "update " + table(session, "instances") + " set " + set(session, "seen_at") + now(session) + ", "
                            + set(session, "leaving_at") + "null where " + is(session, "instance"),
                    instance.name());
            if (there == 0) {
                insert(session, instance);
            }
            session.commit();
        }
    }

    /**
     * Registers a build, once.
     *
     * @param build the build
     * @throws SQLException if it can't be written
     */
    public void announce(Known build) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            write(session, build);
            session.commit();
        }
    }

    private void write(PlainSession session, Known build) throws SQLException {
        String table = table(session, "builds");
        if (!session.query("select 1 from " + table + " where " + is(session, "build"), row -> 1, build.hash())
                .isEmpty()) {
            return;
        }
        String retired = build.retired().isEmpty() ? null : VersionList.write(build.retired());
        try {
            session.update(
                    "insert into " + table + " (" + names(session, "build", "versions", "retired", "first_seen")
                            + ") values (?, ?, ?, " + now(session) + ")",
                    build.hash(),
                    VersionList.write(build.versions()),
                    retired);
            session.commit();
        } catch (SQLException failure) {
            session.rollback();
            if (!String.valueOf(failure.getSQLState()).startsWith("23")) {
                throw failure;
            }
            // Another instance of this build was faster.
        }
    }

    private void insert(PlainSession session, Instance instance) throws SQLException {
        session.update(
                "insert into " + table(session, "instances") + " ("
                        + names(
                                session,
                                "instance",
                                "host",
                                "application",
                                "build",
                                "release_name",
                                "started_at",
                                "seen_at")
                        + ") values (?, ?, ?, ?, ?, " + now(session) + ", " + now(session) + ")",
                instance.name(),
                instance.host(),
                instance.application(),
                instance.build(),
                instance.release());
    }

    /**
     * Deletes instances that have been silent for long, and old events.
     *
     * @throws SQLException if they can't be deleted
     */
    public void prune() throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            session.update("delete from " + table(session, "instances") + " where " + session.quoted("seen_at") + " < "
                    + session.clock(clockShift.get().minus(InstanceRows.FORGOTTEN)));
            session.commit();
            // Skips are kept: whether a migration was skipped matters as long as it has a row.
            session.update(
                    "delete from " + table(session, "events") + " where " + session.quoted("happened_at") + " < "
                            + session.clock(clockShift.get().minus(EVENTS_KEPT)) + " and " + session.quoted("event")
                            + " <> ?",
                    Transition.SKIP.event());
            session.commit();
        }
    }

    /**
     * Sends a heartbeat.
     *
     * @param name the instance
     * @return whether others have counted it as alive; false if it has no row or was silent for too long
     * @throws SQLException if it can't be sent
     */
    public boolean beat(String name) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            int alive = session.update(beat(session, is(session, "instance")), name);
            session.commit();
            return alive == 1;
        }
    }

    /**
     * One of several instances whose heartbeats are sent together.
     *
     * @param row its row
     * @param name its name, of letters, digits and {@code .:_-}
     */
    public record Named(OwnInstance row, String name) {
        private String beat(PlainSession session) throws SQLException {
            return row.beat(session, session.quoted("instance") + " = '" + name + "'");
        }
    }

    /**
     * Sends the heartbeats of several instances with the same data source, in one transaction.
     *
     * @param all the instances
     * @return for each, whether others have counted it as alive
     * @throws SQLException if one can't be sent; then none is
     */
    public static List<Boolean> beat(List<Named> all) throws SQLException {
        try (PlainSession session = all.get(0).row().connections.borrowPlain()) {
            List<String> statements = new ArrayList<>();
            for (Named one : all) {
                statements.add(one.beat(session));
            }
            int[] alive = session.update(statements);
            session.commit();
            return Arrays.stream(alive).mapToObj(rows -> rows == 1).toList();
        }
    }

    private String beat(PlainSession session, String which) throws SQLException {
        return "update " + table(session, "instances") + " set " + set(session, "seen_at") + now(session) + " where "
                + which + " and " + session.quoted("seen_at") + " >= "
                + session.clock(clockShift.get().minus(InstanceRows.SILENCE));
    }

    /**
     * Records that an instance is being closed, and how long it still counts for the gate. If the tables lack the column for that,
     * the other instances' setting applies.
     *
     * @param name the instance
     * @param drain how long it still counts
     * @throws SQLException if it can't be recorded
     */
    public void leave(String name, Duration drain) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            String until = session.clock(clockShift.get().plus(drain));
            try {
                leave(session, name, ", " + set(session, "counts_until") + until);
            } catch (SQLException failure) {
                session.rollback();
                if (!Trouble.mayCome(failure)) {
                    throw failure;
                }
                leave(session, name, "");
            }
        }
    }

    private void leave(PlainSession session, String name, String until) throws SQLException {
        session.update(
                "update " + table(session, "instances") + " set " + set(session, "leaving_at") + now(session) + until
                        + " where " + is(session, "instance"),
                name);
        session.commit();
    }

    /**
     * The live instances of other applications that arrived before this one.
     *
     * @param instance this instance, which has an application name
     * @return the others, in the order of their arrival
     * @throws SQLException if they can't be read
     */
    public List<Stranger> strangers(Instance instance) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            String table = table(session, "instances");
            return session.query(
                    "select " + names(session, "instance", "host", "application") + " from " + table + " where "
                            + session.quoted("application") + " not in ('', ?) and "
                            + session.quoted("leaving_at") + " is null and " + session.quoted("seen_at") + " >= "
                            + session.clock(clockShift.get().minus(InstanceRows.SILENCE)) + " and "
                            + session.quoted("started_at") + " <= (select " + session.quoted("started_at") + " from "
                            + table + " where " + is(session, "instance") + ") order by "
                            + session.quoted("started_at"),
                    row -> new Stranger(
                            row.getString(1), Objects.requireNonNullElse(row.getString(2), ""), row.getString(3)),
                    instance.application(),
                    instance.name());
        }
    }

    /**
     * The after-release migrations that a build doesn't know and whose gate is open.
     *
     * @param build the build
     * @return the migrations, in the order of versions
     * @throws SQLException if they can't be read
     */
    public List<Opened> unknownOpened(Known build) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            String begun = session.quoted("started_at") + " is not null";
            return session
                    .query(
                            "select " + names(session, "version", "name") + ", case when " + begun
                                    + " then 1 else 0 end from " + table(session, "migrations") + " where "
                                    + session.quoted("phase") + " = 'after_release' and ("
                                    + session.quoted("gate_opened_at") + " is not null or " + begun + ") order by "
                                    + session.quoted("version"),
                            row -> new Opened(row.getLong(1), row.getString(2), row.getInt(3) == 1))
                    .stream()
                    .filter(opened -> !build.knows(opened.version()))
                    .toList();
        }
    }

    private String table(PlainSession session, String which) throws SQLException {
        String name = session.quoted(
                place.prefix() + (which.equals("migrations") ? "schema_migrations" : "migration_" + which));
        return session.quoted(StateNames.of(connections, place.schema()).schema()) + "." + name;
    }

    private String now(PlainSession session) {
        return session.clock(clockShift.get());
    }

    private static String is(PlainSession session, String column) {
        return session.quoted(column) + " = ?";
    }

    private static String set(PlainSession session, String column) {
        return session.quoted(column) + " = ";
    }

    private static String names(PlainSession session, String... columns) {
        StringBuilder names = new StringBuilder();
        for (String column : columns) {
            names.append(names.isEmpty() ? "" : ", ").append(session.quoted(column));
        }
        return names.toString();
    }
}
