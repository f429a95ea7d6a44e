package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Measures how long a killed process's work no progress: a claim's time plus a poll. The time is from the kill to the first commit
 * of a standby node. {@code -Dtakeovers=100} measures this many on each database, and prints the figures.
 */
@EnabledIfSystemProperty(named = "takeovers", matches = "\\d+", disabledReason = "-Dtakeovers=100 measures")
class TakeoverTest {
    private static final int TAKEOVERS = Integer.getInteger("takeovers", 3);

    private static final Duration CLAIM = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(200);

    /** The tolerance for a machine that runs other builds; the printed figures are what counts. */
    private static final Duration SLACK = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theWorkOfAKilledProcessGoesOnAfterAClaimAndAPoll(TestDatabase database) throws Exception {
        List<Duration> times = new ArrayList<>();
        while (times.size() < TAKEOVERS) {
            measure(database, times);
        }
        Collections.sort(times);
        Duration median = times.get(times.size() / 2);
        Duration longest = times.get(times.size() - 1);
        System.out.printf(
                "%d takeovers on %s with a claim of %d ms and a poll of %d ms: median %d ms, longest %d ms%n",
                times.size(), database, CLAIM.toMillis(), POLL.toMillis(), median.toMillis(), longest.toMillis());
        assertThat(longest).isLessThan(CLAIM.plus(POLL).plus(SLACK));
    }

    /** One range, and nodes in a row: each stands by until the one before it is killed. */
    private static void measure(TestDatabase database, List<Duration> times) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Ledger ledger = Ledger.create(database, fresh);
            ledger.run("delete from invoices where id > 27000");
            Node working = node(fresh).go();
            Node standby = node(fresh);
            try {
                working.awaitDispatched();
                assertThat(hasMore(ledger, 0)).isTrue();
                boolean isOver = false;
                while (times.size() < TAKEOVERS && !isOver) {
                    standby.go().awaitDispatched();
                    // It has found the range claimed, and polls.
                    isOver = !standby.isAtWorkAfter(POLL.toMillis() * 2);
                    long changed = changed(ledger);
                    // The node to be killed has just committed a batch, and so has just renewed its claim.
                    isOver |= !hasMore(ledger, changed) || !working.isAlive();
                    working.kill();
                    long killed = System.nanoTime();
                    long left = changed(ledger);
                    if (!isOver && hasMore(ledger, left)) {
                        times.add(Duration.ofNanos(System.nanoTime() - killed));
                    } else {
                        isOver = true;
                    }
                    working = standby;
                    standby = node(fresh);
                }
            } finally {
                working.close();
                standby.close();
            }
        }
    }

    private static Node node(Fresh fresh) throws Exception {
        NodeOptions options =
                NodeOptions.named("node").withOnly(LedgerBuild.INVOICES, "none").withPause(100);
        return Node.prepare(fresh, options.withTimes(CLAIM, POLL));
    }

    private static long changed(Ledger ledger) throws Exception {
        return ledger.number("select count(*) from invoices where changes > 0");
    }

    private static boolean hasMore(Ledger ledger, long than) throws Exception {
        return ledger.comesTrue(
                Node.PATIENCE_SECONDS * 1_000,
                "select count(*) from invoices where changes > 0 having count(*) > " + than);
    }
}
