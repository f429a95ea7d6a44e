package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A claim is renewed while its worker works, and only then. */
class RenewalTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** The migration ends after its own claim has been renewed twice, so nobody else could have taken it over. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMigrationThatTakesLongerThanAClaimKeepsIt(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                LocalDateTime first = claimedUntil(fresh);
                LocalDateTime second = later(fresh, first);
                later(fresh, second);
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource())
                    .claimTime(Duration.ofSeconds(1))
                    .build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(registry.status().of(1).attempts()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStatementIsCancelledWhenTheClaimIsSomebodyElses(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            boolean[] taken = {false};
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                if (!taken[0]) {
                    taken[0] = true;
                    var rows = TestTables.all().migrations();
                    fresh.dsl()
                            .update(rows)
                            .set(rows.OWNER, "somebody")
                            .set(rows.TOKEN, 99L)
                            .execute();
                    run.dsl().fetch(slow(database));
                }
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource())
                    .claimTime(Duration.ofSeconds(1))
                    .build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(taken[0]).isTrue();
        }
    }

    /** A statement that would take minutes. */
    private static String slow(TestDatabase database) {
        return switch (database) {
            case H2 -> "select count(*) from system_range(1, 100000000000) a where a.x % 7 = 8";
            case POSTGRES -> "select pg_sleep(300)";
            case MARIADB -> "select sleep(300)";
        };
    }

    private static LocalDateTime later(TestDatabase.Fresh fresh, LocalDateTime than) {
        LocalDateTime now = claimedUntil(fresh);
        while (!now.isAfter(than)) {
            Thread.onSpinWait();
            now = claimedUntil(fresh);
        }
        return now;
    }

    private static LocalDateTime claimedUntil(TestDatabase.Fresh fresh) {
        var rows = TestTables.all().migrations();
        return fresh.dsl()
                .select(DSL.max(rows.CLAIMED_UNTIL))
                .from(rows)
                .fetchOne()
                .value1();
    }
}
