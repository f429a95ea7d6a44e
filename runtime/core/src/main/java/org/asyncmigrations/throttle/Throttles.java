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
 * The built-in throttles. All are thread-safe. Those that read a value keep it for a second, so asking them often is cheap. Create
 * new ones for each registry, since they remember the values of one database.
 */
public final class Throttles {
    private Throttles() {}

    /**
     * A share of the time: after a batch that took 100 ms, {@code load(0.25)} pauses for 300 ms. Each worker pauses on its own, so
     * two workers at a quarter load the database as much as one at a half.
     *
     * @param share more than 0 and at most 1, which means no pauses
     * @return the throttle
     * @throws IllegalArgumentException for another share
     */
    public static Throttle load(double share) {
        return new LoadShare(share);
    }

    /**
     * Hours of the day, by the database's clock: {@code timeWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), zone)} works at night.
     * The zone's local time counts. When the clocks change, an hour that occurs twice is open twice, and a window inside the
     * skipped hour doesn't open.
     *
     * @param from when it opens
     * @param to when it closes: on the next day if earlier than {@code from}; after 24 hours if equal, so
     *     {@code LocalTime.MIDNIGHT} twice is the whole day
     * @param zone the time zone
     * @param days the days on which it opens, whatever the day on which it closes; none for every day
     * @return the throttle
     */
    public static Throttle timeWindow(LocalTime from, LocalTime to, ZoneId zone, DayOfWeek... days) {
        TimeWindow window = new TimeWindow(from, to, zone, new HashSet<>(List.of(days)));
        DatabaseClock clock = new DatabaseClock();
        return run -> window.at(clock.now(run));
    }

    /**
     * Lag of standbys, as a PostgreSQL primary reports it: while one of them hasn't replayed what was written {@code most} ago, the
     * work waits and batches get smaller. A disconnected standby stops nothing. Logical subscribers don't count.
     *
     * <p>The database user needs {@code pg_read_all_stats} or {@code pg_monitor}. Without it, on services without such standbys,
     * and on other databases, the throttle is off, which is logged once; use {@link #replicationLag(DataSource, Duration)} there.
     *
     * @param most how far they may be behind
     * @param standbys the {@code application_name} of the standbys that count, none for all. Leave out one that lags on purpose
     *     ({@code recovery_min_apply_delay}): it would stop the work forever
     * @return the throttle
     * @throws IllegalArgumentException if {@code most} is less than 1 ms or more than 24 days
     */
    public static Throttle replicationLag(Duration most, String... standbys) {
        return new GaugeThrottle(
                "replication lag", new PrimaryLag(new LagLimit(most), new HashSet<>(List.of(standbys))));
    }

    /**
     * Lag of a replica, as the replica itself reports it: while it is more than {@code most}, the work waits and batches get
     * smaller. On PostgreSQL it must be a standby of the database that the migrations run on; MariaDB and MySQL report whole
     * seconds. If a replica doesn't replicate, can't be reached or doesn't report its lag, the answer is "not now".
     *
     * <p>On MariaDB the database user needs {@code REPLICA MONITOR}, on MySQL {@code REPLICATION CLIENT}; on PostgreSQL nothing.
     *
     * @param replica connects to the replica, briefly and at most once a second. Its own settings limit the time to connect; the
     *     queries may take ten seconds
     * @param most how far it may be behind
     * @return the throttle
     * @throws IllegalArgumentException if {@code most} is less than 1 ms or more than 24 days
     */
    public static Throttle replicationLag(DataSource replica, Duration most) {
        return new GaugeThrottle(
                "replication lag", new ReplicaLag(Objects.requireNonNull(replica, "replica"), new LagLimit(most)));
    }

    /**
     * The volume of PostgreSQL's WAL: while the server has written more than this share of {@code max_wal_size} since its last
     * finished checkpoint, the work waits. With {@code walVolume(0.4)}, a migration doesn't force a checkpoint before its time
     * ({@code checkpoint_timeout}), and what remains is for the application. So it's slow where {@code max_wal_size} is small, and
     * makes no progress where the application alone writes more than that.
     *
     * <p>On other databases, and where PostgreSQL doesn't report it (a service without checkpoints), the throttle is off, which is
     * logged once.
     *
     * @param most more than 0 and at most 1. A checkpoint is forced at about half of {@code max_wal_size}
     * @return the throttle
     * @throws IllegalArgumentException for another share
     */
    public static Throttle walVolume(double most) {
        return new GaugeThrottle("WAL volume", new WalVolume(most));
    }

    /**
     * PostgreSQL's WAL archive: while more than this number of WAL files wait to be archived, the work waits. They fill the disk if
     * the archive stays behind.
     *
     * <p>The database user needs {@code pg_monitor}. Without it, without an archive, and on other databases, the throttle is off,
     * which is logged once.
     *
     * @param most how many files, of 16 MB each unless the server was set up with another size, may wait
     * @return the throttle
     * @throws IllegalArgumentException if it's less than 1
     */
    public static Throttle walArchive(int most) {
        return new GaugeThrottle("WAL archive", new WalArchive(most));
    }

    /**
     * Lets the work go on if one of several throttles does; the throttles given to the builder must all agree.
     * {@code anyOf(timeWindow(22:00 to 06:00), load(0.1))} works at night, and by day a tenth of the time. They are asked in this
     * order until one says "go on". If none does, the reason contains all of theirs, and they are asked again after the shortest of
     * their times. One that throws counts as "not now". If a statement failed in it, PostgreSQL refuses the statements of the
     * throttles after it in the same question.
     *
     * @param throttles the throttles, one or more
     * @return the throttle
     * @throws IllegalArgumentException if there is none
     */
    public static Throttle anyOf(Throttle... throttles) {
        return new AnyOf(Stream.of(throttles).map(FailSafe::new).toList());
    }
}
