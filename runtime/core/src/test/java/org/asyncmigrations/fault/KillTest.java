package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;

import java.time.Duration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed in the middle loses nothing, and nothing is done twice. */
class KillTest {
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theWorkOfAKilledProcessIsTakenOverAtItsCursor(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 60_000);
            Process node = Node.start(fresh);
            try {
                while (changed(fresh) < 3_000 && node.isAlive()) {
                    Thread.onSpinWait();
                }
                assertThat(node.isAlive()).as("killed in the middle").isTrue();
            } finally {
                node.destroyForcibly().waitFor();
            }
            assertThat(changed(fresh)).isLessThan(54_000);
            // A clock that is a minute ahead sees the dead one's claims expired, so that no test waits for them.
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher successor = catalog.on(fresh.dataSource())
                    .clockShift(() -> Duration.ofMinutes(1))
                    .build()) {
                assertThat(successor.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
            var events = TestTables.all().events();
            assertThat(fresh.dsl().fetchCount(events, events.EVENT.eq("taken over")))
                    .isPositive();
        }
    }

    private static int changed(TestDatabase.Fresh fresh) {
        return fresh.dsl().fetchCount(CUSTOMERS, CHANGES.gt(0));
    }
}
