package org.asyncmigrations.state;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;

/** Every statement on the instances' table. Without state, and so safe for threads. */
public final class InstanceRows {
    /** An instance that was not heard of for so long is gone: thirty heartbeats, and longer than any pause for garbage. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private InstanceRows() {}

    /**
     * An instance as it is written down.
     *
     * @param name host, process and a random number
     * @param application the application's name
     * @param release the application's release
     * @param build the build that it runs
     */
    public record Instance(String name, String application, String release, String build) {}

    /**
     * Writes down an instance; one that is written down already, by a commit that nobody confirmed, is alive.
     *
     * @param tx the transaction
     * @param instance the instance
     */
    public static void register(StateTransaction tx, Instance instance) {
        MigrationInstances<?> i = tx.tables().instances();
        if (beat(tx, instance.name())) {
            return;
        }
        tx.dsl()
                .insertInto(i)
                .set(i.INSTANCE, instance.name())
                .set(i.APPLICATION, instance.application())
                .set(i.RELEASE_NAME, instance.release())
                .set(i.BUILD, instance.build())
                .set(i.STARTED_AT, tx.now())
                .set(i.SEEN_AT, tx.now())
                .execute();
    }

    /**
     * Says that an instance is alive.
     *
     * @param tx the transaction
     * @param name the instance
     * @return whether it has a row
     */
    public static boolean beat(StateTransaction tx, String name) {
        MigrationInstances<?> i = tx.tables().instances();
        return tx.dsl()
                        .update(i)
                        .set(i.SEEN_AT, tx.now())
                        .where(i.INSTANCE.eq(name))
                        .execute()
                == 1;
    }

    /**
     * Says that an instance is being closed, and forgets those that have been gone for long.
     *
     * @param tx the transaction
     * @param name the instance
     */
    public static void leave(StateTransaction tx, String name) {
        MigrationInstances<?> i = tx.tables().instances();
        tx.dsl()
                .update(i)
                .set(i.LEAVING_AT, tx.now())
                .where(i.INSTANCE.eq(name))
                .execute();
        tx.dsl()
                .deleteFrom(i)
                .where(i.SEEN_AT.lt(tx.in(SILENCE.multipliedBy(-2))))
                .execute();
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
     * The versions that some live instance's build contains.
     *
     * @param tx the transaction
     * @return the versions
     */
    public static Set<Long> liveVersions(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        MigrationBuilds<?> b = tx.tables().builds();
        return tx
                .dsl()
                .select(b.VERSIONS)
                .from(b)
                .where(b.BUILD.in(tx.dsl().select(i.BUILD).from(i).where(live(tx))))
                .fetch(b.VERSIONS)
                .stream()
                .flatMap(versions -> Arrays.stream(versions.split(",")))
                .filter(version -> !version.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    private static Condition live(StateTransaction tx) {
        MigrationInstances<?> i = tx.tables().instances();
        return i.LEAVING_AT.isNull().and(i.SEEN_AT.ge(tx.in(SILENCE.negated())));
    }
}
