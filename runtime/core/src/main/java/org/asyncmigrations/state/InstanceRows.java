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

/** What is read of all instances; each writes its own row by {@link OwnInstance}. Stateless and thread-safe. */
public final class InstanceRows {
    /** An instance that was not heard of for so long is gone: thirty heartbeats, and longer than any pause for garbage. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    /** How long an instance counts after its close, unless its builder says otherwise. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    /** After so long nobody asks any more who it was. */
    static final Duration FORGOTTEN = SILENCE.multipliedBy(2);

    /** This version of async-migrations, as in the POM without its suffix; a test compares them. */
    static final String RUNTIME = "0.1.0";

    private InstanceRows() {}

    /**
     * An instance as it is written down.
     *
     * @param name host, process and a random number
     * @param host the machine's name in full
     * @param application the application's name, empty for none
     * @param release the application's release
     * @param build the build that it runs
     */
    public record Instance(String name, String host, String application, String release, String build) {}

    /**
     * An instance as others see it.
     *
     * @param name host, process and a random number
     * @param host the machine's name in full
     * @param release the application's release
     * @param build the build that it runs
     * @param known the versions that this build contains, or has dropped
     */
    public record Seen(String name, String host, String release, String build, Set<Long> known) {
        /**
         * Copies the set.
         *
         * @param name host, process and a random number
         * @param host the machine's name in full
         * @param release the application's release
         * @param build the build that it runs
         * @param known the versions that this build contains, or has dropped
         */
        public Seen {
            known = Set.copyOf(known);
        }
    }

    /**
     * The instances that may still run code of theirs: all that were heard of lately, those included that have only just been
     * closed.
     *
     * @param tx the transaction
     * @param drain how long one counts after its close that has not written down until when
     * @return the instances, by their machines
     */
    public static List<Seen> present(StateTransaction tx, Duration drain) {
        return present(tx, drain, new BuildContents()).instances();
    }

    /**
     * The instances that may still run code of theirs, and the first build of all.
     *
     * @param instances by their machines
     * @param firstBuild the first build that was ever seen in these tables, null if there is no instance
     */
    public record Present(List<Seen> instances, @Nullable String firstBuild) {
        /**
         * Copies the list.
         *
         * @param instances by their machines
         * @param firstBuild the first build that was ever seen
         */
        public Present {
            instances = List.copyOf(instances);
        }
    }

    /**
     * As {@link #present(StateTransaction, Duration)}, in one statement if the builds are known.
     *
     * @param tx the transaction
     * @param drain how long one counts after its close that has not written down until when
     * @param contents what is known of builds
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
     * All instances that are written down.
     *
     * @param tx the transaction
     * @return the instances, by their machines; those that are gone for minutes may be among them
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
     * Whether an instance of a build is at work.
     *
     * @param tx the transaction
     * @param build the build
     * @return whether one has been heard of lately and is not leaving
     */
    public static boolean isLive(StateTransaction tx, String build) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl().fetchExists(i, i.BUILD.eq(build).and(live(tx)));
    }

    /**
     * Whether another instance is at work.
     *
     * @param tx the transaction
     * @param instance the name of the one that asks
     * @return whether another one has been heard of lately and is not leaving
     */
    public static boolean isAnyOtherLive(StateTransaction tx, String instance) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl().fetchExists(i, i.INSTANCE.ne(instance).and(live(tx)));
    }

    /**
     * Whether an instance is at work whose runtime is too old to say which it is.
     *
     * @param tx the transaction
     * @return whether one has been heard of lately and is not leaving
     */
    public static boolean isAnyOld(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.has(i.RUNTIME) && tx.dsl().fetchExists(i, i.RUNTIME.isNull().and(live(tx)));
    }

    /** {@return whether an instance is at work} */
    static boolean isAnyLive(StateTransaction tx) {
        return tx.dsl().fetchExists(tx.tables().instances(), live(tx));
    }

    /** {@return the versions that some live instance's build contains} */
    static Set<Long> liveVersions(StateTransaction tx) {
        return liveVersions(tx, new BuildContents());
    }

    /**
     * The versions that some live instance's build contains, in one statement if the builds are known.
     *
     * @param tx the transaction
     * @param contents what is known of builds
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

    /** {@return how many live instances do not say which runtime they have, and so have an old one; by the versions that they know} */
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
     * Says which runtime an instance has, if the tables have a column for it.
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
