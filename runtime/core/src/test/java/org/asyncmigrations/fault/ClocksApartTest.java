package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes whose time zones put their clocks a day apart: only the database's clock counts. A house rule ensures that no code reads
 * the machine's clock at all.
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
            // The nodes whose clocks are behind take over the first node's work when its claim expires, and not before.
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

    /** A minute before and a minute after the database's current time. */
    private static String seconds(TestDatabase database, String which) {
        String sign = which.equals("min") ? "- interval " : "+ interval ";
        return database == TestDatabase.POSTGRES
                ? "(clock_timestamp() at time zone 'UTC') " + sign + "'5 minutes'"
                : "utc_timestamp(6) " + sign + "5 minute";
    }
}
