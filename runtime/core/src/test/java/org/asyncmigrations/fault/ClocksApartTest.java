package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes whose clocks show times that are a day apart: what counts is the database's. That no clock of the machine is read at all
 * is a house rule.
 */
class ClocksApartTest {
    private static final List<String> ZONES = List.of("Pacific/Kiritimati", "UTC", "Pacific/Niue");

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void nodesWhoseClocksAreADayApartDoEverythingOnce(TestDatabase database) throws Exception {
        List<Node> nodes = new ArrayList<>();
        try (Fresh fresh = database.fresh()) {
            Ledger ledger = Ledger.create(database, fresh);
            for (String zone : ZONES) {
                nodes.add(Node.prepare(
                        fresh, NodeOptions.named("node").withPause(15).withJvm("-Duser.timezone=" + zone)));
            }
            nodes.forEach(Node::go);
            // What the first held is taken over by those whose clocks are behind, when its claim is over and not
            // before.
            nodes.get(0).awaitDispatched();
            nodes.get(0).isAtWorkAfter(500);
            nodes.get(0).kill();
            for (Node node : nodes.subList(1, ZONES.size())) {
                assertThat(node.await("ended")).startsWith("ended FAILED");
            }
            assertThat(ledger.wrongWithRejects()).isEmpty();
            assertThat(ledger.number("select count(*) from async_migration_events e, async_migration_instances i where"
                            + " e.happened_at not between " + seconds(database, "min") + " and "
                            + seconds(database, "max")))
                    .as("times that are not the database's")
                    .isZero();
        } finally {
            nodes.forEach(Node::close);
        }
    }

    /** A minute before, and a minute after now, as the database tells it. */
    private static String seconds(TestDatabase database, String which) {
        String sign = which.equals("min") ? "- interval " : "+ interval ";
        return database == TestDatabase.POSTGRES
                ? "(clock_timestamp() at time zone 'UTC') " + sign + "'5 minutes'"
                : "utc_timestamp(6) " + sign + "5 minute";
    }
}
