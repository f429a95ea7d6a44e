package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.throttle.Polling.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication lag, on a PostgreSQL primary and its standby. */
class PostgresLagTest {
    private static final Duration MOST = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofHours(1);

    private static PostgresPair pair;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        pair = new PostgresPair(folder);
        pair.primary().execute("create table written (n bigint)");
        pair.primary().execute("create role plain login");
        pair.primary().execute("create role monitor login in role pg_monitor");
    }

    @AfterAll
    static void stop() throws Exception {
        pair.close();
    }

    @BeforeEach
    void letTheStandbyCatchUp() throws Exception {
        pair.standby().execute("select pg_wal_replay_resume()");
        String end = pair.primary().fetchValue("select pg_current_wal_lsn()").toString();
        until(
                () -> pair.standby().fetchValue("select pg_last_wal_replay_lsn() >= '" + end + "'"),
                Boolean.TRUE::equals);
    }

    @Test
    void aStandbyThatIsBehindHoldsTheWorkUpUntilItHasCaughtUp() throws Exception {
        Throttle throttle = Throttles.replicationLag(MOST);
        assertThat(ask(throttle, "monitor")).isEqualTo(Answer.goOn());
        pauseReplay();
        write();
        Answer answer = until(() -> ask(throttle, "monitor"), found -> !found.goesOn());
        assertThat(answer.reason()).isEqualTo("standby reports at 127.0.0.1 is more than 200 ms behind");
        assertThat(answer.unhealthy()).isTrue();
        pair.standby().execute("select pg_wal_replay_resume()");
        until(() -> ask(throttle, "monitor"), Answer::goesOn);
    }

    @Test
    void aStandbyThatAnswersNoMoreHoldsTheWorkUp() throws Exception {
        // Longer than what PostgreSQL has measured before; while the standby doesn't answer, it measures nothing.
        Throttle throttle = Throttles.replicationLag(Duration.ofSeconds(3));
        assertThat(ask(throttle, "monitor")).isEqualTo(Answer.goOn());
        pair.freezeReceiver();
        try {
            write();
            until(() -> ask(throttle, "monitor"), found -> !found.goesOn());
        } finally {
            pair.thawReceiver();
        }
        until(() -> ask(throttle, "monitor"), Answer::goesOn);
    }

    @Test
    void aStandbyThatIsLessBehindHoldsNothingUp() throws Exception {
        Throttle patient = Throttles.replicationLag(LONG);
        fallBehind();
        assertThat(ask(patient, "monitor")).isEqualTo(Answer.goOn());
    }

    @Test
    void onlyThoseThatAreNamedCount() throws Exception {
        Throttle others = Throttles.replicationLag(MOST, "billing");
        Throttle named = Throttles.replicationLag(MOST, "billing", "reports");
        ask(others, "monitor");
        ask(named, "monitor");
        fallBehind();
        until(() -> ask(named, "monitor"), found -> !found.goesOn());
        assertThat(ask(others, "monitor")).isEqualTo(Answer.goOn());
    }

    @Test
    void aStandbyThatHasGoneAwayHoldsNothingUp() throws Exception {
        Throttle throttle = Throttles.replicationLag(MOST);
        ask(throttle, "monitor");
        pauseReplay();
        write();
        until(() -> ask(throttle, "monitor"), found -> !found.goesOn());
        pair.stopStandby();
        try {
            until(() -> ask(throttle, "monitor"), Answer::goesOn);
        } finally {
            pair.startStandby();
        }
    }

    @Test
    void withoutTheRightToSeeItTheThrottleIsOff() throws Exception {
        Gauge gauge = new PrimaryLag(new LagLimit(MOST), Set.of());
        assertThatThrownBy(() -> gauge.read(AskedRun.of(pair.primary("plain"))))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("grant it pg_read_all_stats");
        Throttle throttle = Throttles.replicationLag(MOST);
        assertThat(ask(throttle, "plain")).isEqualTo(Answer.goOn());
        fallBehind();
        assertThat(ask(throttle, "plain")).isEqualTo(Answer.goOn());
    }

    @Test
    void aRightThatIsLostMeansNotNow() throws Exception {
        Throttle throttle = Throttles.replicationLag(LONG);
        pair.primary().execute("create role loser login in role pg_read_all_stats");
        assertThat(ask(throttle, "loser")).isEqualTo(Answer.goOn());
        pair.primary().execute("revoke pg_read_all_stats from loser");
        Answer answer = until(() -> ask(throttle, "loser"), found -> !found.goesOn());
        assertThat(answer.reason())
                .startsWith("replication lag cannot be read: the database user cannot see how far standbys lag");
        assertThat(answer.unhealthy()).isFalse();
    }

    @Test
    void theStandbyCanBeAskedItself() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.standbySource(), MOST);
        until(() -> ask(throttle, "plain"), Answer::goesOn);
        pauseReplay();
        write();
        Answer answer = until(() -> ask(throttle, "plain"), found -> !found.goesOn());
        assertThat(answer.reason()).isEqualTo("the replica is more than 200 ms behind");
        assertThat(answer.unhealthy()).isTrue();
        pair.standby().execute("select pg_wal_replay_resume()");
        until(() -> ask(throttle, "plain"), Answer::goesOn);
    }

    @Test
    void aStandbyThatCannotBeReachedMeansNotNow() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.standbySource(), LONG);
        pair.stopStandby();
        try {
            Answer answer = ask(throttle, "plain");
            assertThat(answer.reason()).startsWith("replication lag cannot be read: Connection to localhost");
            assertThat(answer.unhealthy()).isFalse();
        } finally {
            pair.startStandby();
        }
    }

    @Test
    void aPrimaryIsNoReplica() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.primarySource(), LONG);
        assertThat(ask(throttle, "plain").reason())
                .isEqualTo("replication lag cannot be read: the server given as a replica is not one");
    }

    /** Waits until another throttle has noticed the lag. */
    private static void fallBehind() throws Exception {
        Throttle looker = Throttles.replicationLag(MOST);
        ask(looker, "monitor");
        pauseReplay();
        write();
        until(() -> ask(looker, "monitor"), found -> !found.goesOn());
    }

    private static void pauseReplay() throws Exception {
        pair.standby().execute("select pg_wal_replay_pause()");
        until(() -> pair.standby().fetchValue("select pg_get_wal_replay_pause_state()"), "paused"::equals);
    }

    private static void write() {
        pair.primary().execute("insert into written select generate_series(1, 1000)");
    }

    private static Answer ask(Throttle throttle, String user) throws Exception {
        return throttle.ask(AskedRun.of(pair.primary(user)));
    }
}
