package org.asyncmigrations.throttle;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The throttles that come with the runtime. Each is safe for threads. Those that read something keep it for a second, so that
 * asking them often is cheap; make a new one for each registry, since what they remember is of one database.
 */
public final class Throttles {
    private Throttles() {}

    /**
     * A share of the time: after a batch that took 100 ms, {@code load(0.25)} rests for 300 ms. Each worker rests for itself, so
     * two of them at a quarter keep the database as busy as one at a half.
     *
     * @param share more than 0 and at most 1, which is to rest never
     * @return the throttle
     * @throws IllegalArgumentException for another share
     */
    public static Throttle load(double share) {
        return new LoadShare(share);
    }

    /**
     * Hours of the day, by the database's clock: {@code timeWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), zone)} works at
     * night. What counts is what a clock on the wall of that zone shows: on the days on which clocks are set, an hour that comes
     * twice counts twice, and a window within the hour that is left out does not open.
     *
     * @param from when it opens
     * @param to when it closes: on the next day if this is earlier than {@code from}, after 24 hours if it is the same, so that
     *     {@code LocalTime.MIDNIGHT} twice is the whole day
     * @param zone whose clock
     * @param days on which it opens, which for a window over midnight says nothing of the day on which it closes; none given
     *     means every day
     * @return the throttle
     */
    public static Throttle timeWindow(LocalTime from, LocalTime to, ZoneId zone, DayOfWeek... days) {
        TimeWindow window = new TimeWindow(from, to, zone, new HashSet<>(List.of(days)));
        DatabaseClock clock = new DatabaseClock();
        return run -> window.at(clock.now(run));
    }

    /**
     * How far standbys are behind, asked on a PostgreSQL primary: while one of them has not replayed what was written
     * {@code most} ago, work waits, and batches become smaller. A standby that is not connected holds nothing up. Logical
     * subscribers do not count.
     *
     * <p>The database user needs {@code pg_read_all_stats}, or {@code pg_monitor}. Without it, on services that have no such
     * standbys, and on other databases the throttle is off, which is logged once; there, see
     * {@link #replicationLag(DataSource, Duration)}.
     *
     * @param most how far they may be behind
     * @param standbys the {@code application_name} of those that count, none given for all: one that is late on purpose
     *     ({@code recovery_min_apply_delay}) would stop the work for ever
     * @return the throttle
     * @throws IllegalArgumentException when {@code most} is not longer than nothing
     */
    public static Throttle replicationLag(Duration most, String... standbys) {
        return new GaugeThrottle(
                "replication lag", new PrimaryLag(new LagLimit(most), new HashSet<>(List.of(standbys))));
    }

    /**
     * How far a replica is behind, asked on the replica itself: while that is more than {@code most}, work waits, and batches
     * become smaller. For PostgreSQL it must be a standby of the database that the migrations run on; MariaDB and MySQL tell
     * whole seconds. A replica that does not replicate, cannot be reached, or does not tell, means "not now".
     *
     * <p>On MariaDB the database user needs {@code REPLICA MONITOR}, on MySQL {@code REPLICATION CLIENT}; on PostgreSQL nothing.
     *
     * @param replica where to ask, for a moment once a second; how long a connection may take to be had is its own matter, what is
     *     asked over it may take ten seconds
     * @param most how far it may be behind
     * @return the throttle
     * @throws IllegalArgumentException when {@code most} is not longer than nothing
     */
    public static Throttle replicationLag(DataSource replica, Duration most) {
        return new GaugeThrottle(
                "replication lag", new ReplicaLag(Objects.requireNonNull(replica, "replica"), new LagLimit(most)));
    }

    /**
     * Goes on when one of several throttles says so, while those given to the builder must all agree: {@code anyOf(timeWindow(22:00
     * to 06:00), load(0.1))} works at night, and by day a tenth of the time. They are asked in this order until one says "go on";
     * when none does, the reason names all of theirs, and they are asked again after the shortest of their times. One that throws
     * counts as "not now"; when that was a statement, PostgreSQL refuses those of the throttles behind it in the same question.
     *
     * @param throttles the throttles, one or more
     * @return the throttle
     * @throws IllegalArgumentException when there is none
     */
    public static Throttle anyOf(Throttle... throttles) {
        return new AnyOf(Stream.of(throttles).map(FailSafe::new).toList());
    }
}
