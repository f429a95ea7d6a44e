package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a walk begins. */
class WalkStartTest {
    private static final int ROWS = 25_000;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoeverOpensTheWalkLooksForTheEndsOfTheFirstRangesForAll(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), ROWS);
            TestCatalog build = new TestCatalog().batch(1, new Customers.LowerEmails());
            Fleet.Ship one = fleet.ship(build, fleet.fresh().dataSource(), settings -> settings)
                    .dispatch();
            var t = TestTables.all().migrations();
            while (one.status(1).state() != State.PROCESSING) {
                one.worker.step();
            }
            assertThat(fleet.fresh().dsl().fetchCount(TestTables.all().ranges()))
                    .isZero();
            assertThat(fleet.fresh().dsl().select(t.RANGE_ENDS).from(t).fetchOne(t.RANGE_ENDS))
                    .as("10,000 keys each; the rest is the last range")
                    .isEqualTo("5:299985:59998");
            Fleet.Ship other = fleet.ship(build, fleet.fresh().dataSource(), settings -> settings)
                    .dispatch();
            while (one.status(1).state() != State.DONE) {
                one.worker.step();
                other.worker.step();
            }
            assertThat(Customers.wrong(fleet.fresh().dsl())).isZero();
        }
    }
}
