package org.asyncmigrations.state;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.state.BuildContents.Content;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads all instances; each writes its own row with {@link OwnInstance}. Stateless and thread-safe. */
public final class InstanceRows {
    /** An instance that has been silent for this long counts as gone: thirty heartbeats, and longer than any garbage collection. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    /** How long an instance counts after its close, unless its builder says otherwise. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    /** The row of an instance that has been silent for this long is deleted. */
    static final Duration FORGOTTEN = SILENCE.multipliedBy(2);

    /** This version of async-migrations, as in the POM without its suffix; a test compares them. */
    static final String RUNTIME = "0.1.0";

    private InstanceRows() {}

    /**
     * An instance's data in its row.
     *
     * @param name host, process and a random number
     * @param host the machine's full name
     * @param application the application's name, empty for none
     * @param release the application's release
     * @param build the build that it runs
     */
    public record Instance(String name, String host, String application, String release, String build) {}

    /**
     * An instance as others see it.
     *
     * @param name host, process and a random number
     * @param host the machine's full name
     * @param release the application's release
     * @param build the build that it runs
     * @param known the versions that this build contains or has dropped
     */
    public record Seen(String name, String host, String release, String build, Set<Long> known) {
        /**
         * Copies the set.
         *
         * @param name host, process and a random number
         * @param host the machine's full name
         * @param release the application's release
         * @param build the build that it runs
         * @param known the versions that this build contains or has dropped
         */
        public Seen {
            known = Set.copyOf(known);
        }
    }

    /**
     * The instances that may still run code: all with a recent heartbeat, including those that were closed only just now.
     *
     * @param tx the transaction
     * @param drain how long a closed instance counts that hasn't recorded its own time
     * @return the instances, ordered by machine
     */
    public static List<Seen> present(StateTransaction tx, Duration drain) {
        return present(tx, drain, new BuildContents()).instances();
    }

    /**
     * The instances that may still run code, and the first build.
     *
     * @param instances ordered by machine
     * @param firstBuild the first build that was ever seen in these tables, null if there is no instance
     */
    public record Present(List<Seen> instances, @Nullable String firstBuild) {
        /**
         * Copies the list.
         *
         * @param instances ordered by machine
         * @param firstBuild the first build that was ever seen
         */
        public Present {
            instances = List.copyOf(instances);
        }
    }

    /**
     * As {@link #present(StateTransaction, Duration)}, in one statement if the builds are already known.
     *
     * @param tx the transaction
     * @param drain how long a closed instance counts that hasn't recorded its own time
     * @param contents the known contents of builds
     * @return the instances
     */
    public static Present present(StateTransaction tx, Duration drain, BuildContents contents) {
        MigrationInstances<?> i = tx.tables().instances();
        MigrationBuilds<?> b = tx.tables().builds();
        Condition drains = i.LEAVING_AT.gt(tx.in(drain.negated()));
        Condition counts = tx.has(i.COUNTS_UNTIL)
                ? i.COUNTS_UNTIL.gt(tx.now()).or(i.COUNTS_UNTIL.isNull().and(drains))
                : drains;
        Condition here = i.LEAVING_AT.isNull().or(counts);
        Field<String> first = DSL.field(BuildRows.firstOf(tx)).as("first_build");
        var rows = tx.dsl()
                .select(i.INSTANCE, i.HOST, i.RELEASE_NAME, i.BUILD, b.BUILD, first)
                .from(i)
                .leftJoin(b)
                .on(b.BUILD.eq(i.BUILD))
                .where(i.SEEN_AT.ge(tx.in(SILENCE.negated())).and(here))
                .orderBy(i.HOST, i.INSTANCE)
                .fetch();
        Map<String, Content> known = contents.of(
                tx,
                rows.stream().map(row -> row.value5()).filter(Objects::nonNull).collect(Collectors.toSet()));
        return new Present(
                rows.map(row -> new Seen(
                        row.value1(),
                        Objects.requireNonNullElse(row.value2(), ""),
                        row.value3(),
                        row.value4(),
                        known.getOrDefault(row.value4(), Content.NONE).all())),
                rows.isEmpty() ? null : rows.get(0).value6());
    }

    /**
     * All instances in the table.
     *
     * @param tx the transaction
     * @return the instances, ordered by machine; may include some that have been gone for minutes
     */
    public static List<InstanceStatus> all(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl()
                .select(i.INSTANCE, i.HOST, i.APPLICATION, i.RELEASE_NAME, i.BUILD)
                .select(
                        i.STARTED_AT,
                        i.SEEN_AT,
                        i.LEAVING_AT,
                        DSL.field(live(tx)).as("live"))
                .from(i)
                .orderBy(i.HOST, i.INSTANCE)
                .fetch(row -> new InstanceStatus(
                        row.get(i.INSTANCE),
                        Objects.requireNonNullElse(row.get(i.HOST), ""),
                        row.get(i.APPLICATION),
                        row.get(i.RELEASE_NAME),
                        row.get(i.BUILD),
                        Boolean.TRUE.equals(row.get("live", Boolean.class)),
                        row.get(i.STARTED_AT).toInstant(ZoneOffset.UTC),
                        row.get(i.SEEN_AT).toInstant(ZoneOffset.UTC),
                        StatusRows.instant(row.get(i.LEAVING_AT))));
    }

    /**
     * Whether an instance of a build is live.
     *
     * @param tx the transaction
     * @param build the build
     * @return whether one has a recent heartbeat and isn't closed
     */
    public static boolean isLive(StateTransaction tx, String build) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl().fetchExists(i, i.BUILD.eq(build).and(live(tx)));
    }

    /**
     * Whether another instance is live.
     *
     * @param tx the transaction
     * @param instance the name of the instance that asks
     * @return whether another one has a recent heartbeat and isn't closed
     */
    public static boolean isAnyOtherLive(StateTransaction tx, String instance) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl().fetchExists(i, i.INSTANCE.ne(instance).and(live(tx)));
    }

    /**
     * Whether a live instance has a version of the library that is too old to record itself.
     *
     * @param tx the transaction
     * @return whether there is one; false if the tables lack the column
     */
    public static boolean isAnyOld(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.has(i.RUNTIME) && tx.dsl().fetchExists(i, i.RUNTIME.isNull().and(live(tx)));
    }

    /** {@return whether any instance is live} */
    static boolean isAnyLive(StateTransaction tx) {
        return tx.dsl().fetchExists(tx.tables().instances(), live(tx));
    }

    /** {@return the versions that a live instance's build contains} */
    static Set<Long> liveVersions(StateTransaction tx) {
        return liveVersions(tx, new BuildContents());
    }

    /**
     * The versions that a live instance's build contains, in one statement if the builds are already known.
     *
     * @param tx the transaction
     * @param contents the known contents of builds
     * @return the versions
     */
    public static Set<Long> liveVersions(StateTransaction tx, BuildContents contents) {
        MigrationInstances<?> i = tx.tables().instances();
        MigrationBuilds<?> b = tx.tables().builds();
        Set<String> live = tx.dsl()
                .select(b.BUILD)
                .from(b)
                .where(b.BUILD.in(tx.dsl().select(i.BUILD).from(i).where(live(tx))))
                .fetchSet(b.BUILD);
        return contents.of(tx, live).values().stream()
                .flatMap(content -> content.versions().stream())
                .collect(Collectors.toSet());
    }

    /** {@return for each version, how many live instances contain it and have too old a library to record its version} */
    static Map<Long, Integer> withoutRuntime(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        MigrationBuilds<?> b = tx.tables().builds();
        Map<Long, Integer> without = new HashMap<>();
        if (tx.has(i.RUNTIME)) {
            tx.dsl()
                    .select(b.VERSIONS)
                    .from(i)
                    .join(b)
                    .on(b.BUILD.eq(i.BUILD))
                    .where(i.RUNTIME.isNull())
                    .and(live(tx))
                    .fetch(b.VERSIONS)
                    .forEach(versions ->
                            VersionList.read(versions).forEach(version -> without.merge(version, 1, Integer::sum)));
        }
        return without;
    }

    /**
     * Records an instance's version of the library, if the tables have a column for it.
     *
     * @param tx the transaction
     * @param instance the instance's name
     */
    public static void tellRuntime(StateTransaction tx, String instance) {
        MigrationInstances<?> i = tx.tables().instances();
        if (tx.has(i.RUNTIME)) {
            tx.dsl()
                    .update(i)
                    .set(i.RUNTIME, RUNTIME)
                    .where(i.INSTANCE.eq(instance))
                    .execute();
        }
    }

    private static Condition live(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        return i.LEAVING_AT.isNull().and(i.SEEN_AT.ge(tx.in(SILENCE.negated())));
    }
}
