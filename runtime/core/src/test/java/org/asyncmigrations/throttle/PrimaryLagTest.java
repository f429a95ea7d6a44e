package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replication lag without a standby; {@link PostgresLagTest} has one. */
class PrimaryLagTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutAStandbyTheWorkGoesOn(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Throttle throttle = Throttles.replicationLag(Duration.ofSeconds(10));
            assertThat(throttle.ask(AskedRun.of(fresh.dsl()))).isEqualTo(Answer.goOn());
        }
    }

    @Test
    void onlyPostgresqlTellsItOnThePrimary() throws Exception {
        Gauge gauge = new PrimaryLag(new LagLimit(Duration.ofSeconds(10)), Set.of());
        try (TestDatabase.Fresh fresh = TestDatabase.MARIADB.fresh()) {
            assertThatThrownBy(() -> gauge.read(AskedRun.of(fresh.dsl())))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("MariaDB does not show on the primary how far replicas lag");
        }
    }

    @ParameterizedTest
    @CsvSource({"200,200 ms", "1500,1500 ms", "10000,10 s", "90000,90 s", "120000,2 min"})
    void theReasonNamesTheLimitAndNotTheLag(long millis, String written) {
        Answer answer = new LagLimit(Duration.ofMillis(millis)).exceededBy("standby a");
        assertThat(answer.reason()).isEqualTo("standby a is more than " + written + " behind");
    }

    @Test
    void theLimitIsLongerThanNothing() {
        assertThatThrownBy(() -> Throttles.replicationLag(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
