package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.throttle.Polling.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication lag, on a MariaDB server and its replica. */
class MariaDbLagTest {
    private static final Duration MOST = Duration.ofMillis(200);

    private static MariaDbPair pair;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        pair = new MariaDbPair(folder);
        pair.primary().execute("create table written (n bigint)");
    }

    @AfterAll
    static void stop() throws Exception {
        pair.stop();
    }

    @BeforeEach
    void letTheReplicaCatchUp() throws Exception {
        pair.replica().execute("start slave");
        String end = pair.primary().fetchValue("select @@gtid_binlog_pos").toString();
        assertThat(pair.replica()
                        .fetchValue("select master_gtid_wait('" + end + "', 60)")
                        .toString())
                .isEqualTo("0");
    }

    @Test
    void aReplicaThatIsBehindHoldsTheWorkUpUntilItHasCaughtUp() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.replicaSource(), MOST);
        until(() -> ask(throttle), Answer::goesOn);
        Answer answer = whileItsTableIsLocked(() -> {
            pair.primary().execute("insert into written values (1)");
            return until(() -> ask(throttle), found -> !found.goesOn());
        });
        assertThat(answer.reason()).isEqualTo("the replica is more than 200 ms behind");
        assertThat(answer.unhealthy()).isTrue();
        until(() -> ask(throttle), Answer::goesOn);
    }

    @Test
    void aReplicaThatHasStoppedToApplyMeansNotNow() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.replicaSource(), MOST);
        until(() -> ask(throttle), Answer::goesOn);
        pair.replica().execute("stop slave sql_thread");
        Answer answer = until(() -> ask(throttle), found -> !found.goesOn());
        assertThat(answer.reason())
                .isEqualTo("replication lag cannot be read: the replica does not replicate: reading Yes, applying No");
        assertThat(answer.unhealthy()).isFalse();
        pair.replica().execute("start slave sql_thread");
        until(() -> ask(throttle), Answer::goesOn);
    }

    @Test
    void aReplicaThatHasLostItsServerMeansNotNow() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.replicaSource(), Duration.ofHours(1));
        pair.replica().execute("stop slave io_thread");
        assertThat(ask(throttle).reason())
                .isEqualTo("replication lag cannot be read: the replica does not replicate: reading No, applying Yes");
    }

    @Test
    void aServerThatReplicatesFromNoneIsNoReplica() throws Exception {
        Throttle throttle = Throttles.replicationLag(pair.primarySource(), Duration.ofHours(1));
        assertThat(ask(throttle).reason())
                .isEqualTo("replication lag cannot be read: the server given as a replica does not replicate from any"
                        + " other");
    }

    private static Answer whileItsTableIsLocked(Callable<Answer> work) throws Exception {
        return pair.replica().connectionResult(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("lock tables test.written write");
                Answer answer = work.call();
                statement.execute("unlock tables");
                return answer;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    private static Answer ask(Throttle throttle) throws Exception {
        DSLContext primary = pair.primary();
        return throttle.ask(AskedRun.of(primary));
    }
}
