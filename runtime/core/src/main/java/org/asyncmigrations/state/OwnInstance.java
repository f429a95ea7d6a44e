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
 * What an instance says of itself in the database, and looks at as soon as it has. Plain JDBC: an instance with nothing to do loads
 * no jOOQ for it. Each verb is one transaction or several short ones. Thread-safe.
 */
public final class OwnInstance {
    /** How long the audit goes back: a quarter of a year. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(90);

    private final Connections connections;
    private final Place place;
    private final Supplier<Duration> clockShift;

    /**
     * Where the state tables are.
     *
     * @param schema their schema, empty for the connection's own
     * @param prefix what their names begin with
     */
    public record Place(String schema, String prefix) {}

    /**
     * A build as it is written down.
     *
     * @param hash of its contents
     * @param versions what it contains
     * @param retired what it has dropped
     */
    public record Known(String hash, List<Long> versions, List<Long> retired) {
        /**
         * Copies the lists.
         *
         * @param hash of its contents
         * @param versions what it contains
         * @param retired what it has dropped
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
     * Another instance, of another application.
     *
     * @param instance its name
     * @param host its machine
     * @param application its application
     */
    public record Stranger(String instance, String host, String application) {}

    /**
     * A migration that a build does not know, and whose gate is open.
     *
     * @param version the migration
     * @param name its class
     * @param begun whether it was ever claimed
     */
    public record Opened(long version, String name, boolean begun) {}

    /**
     * An instance's own row.
     *
     * @param connections where the tables are
     * @param place where they are there
     * @param clockShift how far the clock of this instance is ahead of the database's; zero but in tests
     */
    public OwnInstance(Connections connections, Place place, Supplier<Duration> clockShift) {
        this.connections = connections;
        this.place = place;
        this.clockShift = clockShift;
    }

    /**
     * Writes down an instance and its build. One that is written down already, by a commit that nobody confirmed, is alive.
     *
     * @param instance the instance
     * @param build its build
     * @throws SQLException when it cannot be written down
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
     * Writes down a build, once.
     *
     * @param build the build
     * @throws SQLException when it cannot be written down
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
     * Deletes what nobody needs any more: instances that were not heard of for long, and old events.
     *
     * @throws SQLException when it cannot be deleted
     */
    public void prune() throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            session.update("delete from " + table(session, "instances") + " where " + session.quoted("seen_at") + " < "
                    + session.clock(clockShift.get().minus(InstanceRows.FORGOTTEN)));
            session.commit();
            // That a migration was skipped is asked for as long as it has a row.
            session.update(
                    "delete from " + table(session, "events") + " where " + session.quoted("happened_at") + " < "
                            + session.clock(clockShift.get().minus(EVENTS_KEPT)) + " and " + session.quoted("event")
                            + " <> ?",
                    Transition.SKIP.event());
            session.commit();
        }
    }

    /**
     * Says that an instance is alive.
     *
     * @param name the instance
     * @return whether others have counted it as alive; false when it has no row, or was silent for too long
     * @throws SQLException when it cannot be said
     */
    public boolean beat(String name) throws SQLException {
        try (PlainSession session = connections.borrowPlain()) {
            int alive = session.update(beat(session, is(session, "instance")), name);
            session.commit();
            return alive == 1;
        }
    }

    /**
     * One of several instances that beat together.
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
     * Says that several instances with the same data source are alive, in one transaction.
     *
     * @param all the instances
     * @return whether others have counted each as alive
     * @throws SQLException when it cannot be said of one of them; then it is of none
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
     * Says that an instance is being closed, and for how long it still counts for the gate. If the tables lack the column for that,
     * it counts as long as the others are set to.
     *
     * @param name the instance
     * @param drain how long it still counts
     * @throws SQLException when it cannot be said
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
     * The instances of other applications that were there before this one and are at work.
     *
     * @param instance this instance, which has a name of its application's
     * @return the others, in the order of their arrival
     * @throws SQLException when they cannot be read
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
     * The after-release migrations that a build does not know, and whose gate is open.
     *
     * @param build the build
     * @return the migrations, in the order of versions
     * @throws SQLException when they cannot be read
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
