package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An old instance arrives while the gate opens, between any two of the other instance's transactions. In each order, either the
 * migration hasn't begun, or the old instance knows that it is too old.
 */
class GateRaceTest {
    private static final Duration SETTLE = Duration.ofSeconds(30);

    /** Far more transactions than either side has. The count ends at the first one that isn't reached. */
    private static final int MOST = 60;

    private static TestCatalog before() {
        return new TestCatalog().data(1, run -> {});
    }

    /** A data source that does something else once, before a connection is borrowed. */
    private static final class Interrupted extends StatementCounter {
        private int left = Integer.MAX_VALUE;
        private Runnable meanwhile;

        Interrupted(DataSource delegate) {
            super(delegate);
        }

        void at(int borrowing, Runnable happens) {
            left = borrowing;
            meanwhile = happens;
        }

        boolean happened() {
            return meanwhile == null;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (meanwhile != null && --left == 0) {
                Runnable now = meanwhile;
                meanwhile = null;
                now.run();
            }
            return new DefaultConnection(super.getConnection());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anOldInstanceThatArrivesBetweenTwoOfTheGatesTransactionsIsSeenOrToldSo(TestDatabase database) {
        int place = 1;
        boolean reached = true;
        for (; reached && place < MOST; place++) {
            try (Fleet fleet = new Fleet(database)) {
                Interrupted connections = new Interrupted(fleet.fresh().dataSource());
                Fleet.Ship young = aboutToOpen(fleet, connections);
                Fleet.Ship[] old = new Fleet.Ship[1];
                connections.at(
                        place, () -> old[0] = arrives(fleet, fleet.fresh().dataSource()));
                young.works();
                reached = connections.happened();
                requireSafe(fleet, place, old[0], young);
            }
        }
        assertThat(place).as("places between its transactions").isBetween(6, MOST - 1);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aGateThatOpensBetweenTwoOfTheArrivalsTransactionsIsClosedOrFound(TestDatabase database) {
        int place = 1;
        boolean reached = true;
        for (; reached && place < MOST; place++) {
            try (Fleet fleet = new Fleet(database)) {
                Fleet.Ship young =
                        aboutToOpen(fleet, new Interrupted(fleet.fresh().dataSource()));
                Interrupted connections = new Interrupted(fleet.fresh().dataSource());
                connections.at(place, young::works);
                Fleet.Ship old = arrives(fleet, connections);
                reached = connections.happened();
                requireSafe(fleet, place, old, young);
            }
        }
        assertThat(place).as("places between its transactions").isBetween(4, MOST - 1);
    }

    /** An instance that has read once that all agree, and opens the gate at its next step. */
    private static Fleet.Ship aboutToOpen(Fleet fleet, DataSource over) {
        fleet.sails(before()).close();
        fleet.pass(SETTLE.plusSeconds(1));
        Fleet.Ship young = fleet.ship(before().afterRelease(2, run -> {}), over, UnaryOperator.identity())
                .dispatch()
                .works();
        assertThat(young.message()).contains("opens when");
        fleet.pass(SETTLE);
        return young;
    }

    /** An instance of a rolled-back release, which finds nothing to do. Waits for its registration. */
    private static Fleet.Ship arrives(Fleet fleet, DataSource over) {
        Fleet.Ship old = fleet.ship(before(), over, UnaryOperator.identity());
        try {
            old.dispatch();
        } catch (org.asyncmigrations.BuildTooOldException told) {
            return old;
        }
        old.registry.beat();
        return old;
    }

    private static void requireSafe(Fleet fleet, int place, Fleet.Ship old, Fleet.Ship young) {
        boolean begun = young.status(2).state() != State.CREATED
                && young.status(2).progress().startedAt() != null;
        if (old != null && begun) {
            awaitTold(fleet, place);
        }
        if (old != null && !begun) {
            young.works();
            assertThat(young.status(2).progress().startedAt())
                    .as("place %s: held while the old one runs", place)
                    .isNull();
        }
    }

    private static void awaitTold(Fleet fleet, int place) {
        try {
            TroubleBench.awaitUntil(() -> fleet.told(2).contains("too old"));
        } catch (InterruptedException | AssertionError none) {
            throw new AssertionError("place " + place + ": begun beside an old instance that does not know", none);
        }
    }
}
