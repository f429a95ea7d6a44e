package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica whose network has failed silently. */
class ReplicaNetworkTest {
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aReplicaThatAnswersNoMoreCannotBeRead(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh();
                DeafNetwork network = new DeafNetwork(port(fresh.url()));
                HikariDataSource replica = new HikariDataSource()) {
            replica.setJdbcUrl(fresh.url().replace(":" + port(fresh.url()), ":" + network.port()));
            replica.setUsername(fresh.user());
            replica.setPassword("");
            replica.setMaximumPoolSize(1);
            replica.setConnectionTimeout(2_000);
            Gauge lag = new ReplicaLag(replica, new LagLimit(Duration.ofSeconds(10)), Duration.ofMillis(500));
            assertThat(asked(lag, fresh.dsl()).reason())
                    .startsWith("replication lag cannot be read: the server given as a replica ");
            assertThat(networkTimeout(replica)).as("as before").isZero();
            network.goesDeaf();
            assertThat(asked(lag, fresh.dsl()).reason())
                    .startsWith("replication lag cannot be read: ")
                    .doesNotContain("given as a replica");
        }
    }

    private static int networkTimeout(HikariDataSource replica) throws Exception {
        try (var connection = replica.getConnection()) {
            return connection.getNetworkTimeout();
        }
    }

    private static Answer asked(Gauge lag, DSLContext primary) throws Exception {
        GaugeThrottle throttle = new GaugeThrottle("replication lag", lag);
        return CompletableFuture.supplyAsync(() -> throttle.ask(AskedRun.of(primary)), new OwnThreads())
                .get(20, TimeUnit.SECONDS);
    }

    private static int port(String url) {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }
}
