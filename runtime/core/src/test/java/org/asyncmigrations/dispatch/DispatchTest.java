package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job on each database: what is dispatched is done, in order, in the background. */
class DispatchTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBackFillChangesEachRowOnce(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 30_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
                assertThat(registry.migration(1).state()).isEqualTo(State.DONE);
            }
        }
    }
}
