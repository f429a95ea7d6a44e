package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long the gate still counts an instance after its close. */
class DrainTest {
    private static TestCatalog before() {
        return new TestCatalog().data(1, run -> {});
    }

    private static TestCatalog release() {
        return before().afterRelease(2, run -> {});
    }

    @Test
    void itCountsForAsLongAsItHasWrittenDown() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship slow = fleet.sails(before(), builder -> builder.drainTime(Duration.ofMinutes(2)));
            Fleet.Ship quick = fleet.sails(before(), builder -> builder.drainTime(Duration.ZERO));
            Fleet.Ship young = fleet.sails(release());
            slow.close();
            quick.close();
            fleet.pass(Duration.ofSeconds(110));
            assertThat(young.works().message()).contains("1 of 2 instances");
            fleet.pass(Duration.ofSeconds(11));
            assertThat(young.works().message()).contains("opens when");
        }
    }

    @Test
    void anOperatorFollowsThatToo() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship quick = fleet.sails(before(), builder -> builder.drainTime(Duration.ZERO));
            fleet.sails(release());
            quick.close();
            Operator operator = Operator.of(fleet.fresh().dataSource());
            assertThat(operator.as("ana").openGate(2, "all are gone", false).given())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneThatCannotWriteThatDownIsClosedAllTheSame(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship old = fleet.sails(before());
            var i = TestTables.all().instances();
            fleet.fresh().dsl().alterTable(i).dropColumn(i.COUNTS_UNTIL).execute();
            old.close();
            assertThat(fleet.fresh().dsl().fetchCount(i, i.LEAVING_AT.isNotNull()))
                    .isEqualTo(1);
        }
    }

    @Test
    void ofOneThatHasNotTheReadersSettingHolds() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship old = fleet.sails(before());
            Fleet.Ship patient = fleet.sails(release(), builder -> builder.drainTime(Duration.ofMinutes(2)));
            Fleet.Ship hasty = fleet.sails(release(), builder -> builder.drainTime(Duration.ZERO));
            old.close();
            var i = TestTables.all().instances();
            fleet.fresh().dsl().update(i).setNull(i.COUNTS_UNTIL).execute();
            fleet.pass(Duration.ofSeconds(110));
            assertThat(patient.works().message()).contains("1 of 3 instances");
            assertThat(hasty.works().message()).contains("opens when");
            fleet.pass(Duration.ofSeconds(11));
            assertThat(patient.works().message()).contains("opens when");
        }
    }
}
