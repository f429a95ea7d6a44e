package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is frozen until its claim has expired, and thawed after another has taken over its work, commits none of it.
 * {@code -Dfreezes=100} freezes more than the usual 2; {@code -Dseed=…} repeats the same random moments.
 */
class FreezeTest {
    private static final int FREEZES = Integer.getInteger("freezes", 2);
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /** The claim's time, and the wait for a row lock that the frozen process may hold until its session is ended. */
    private static final long PAST_THE_CLAIM_MILLIS = 8_000;

    private static final Duration PATIENCE = Duration.ofSeconds(Node.PATIENCE_SECONDS);

    @ParameterizedTest
    @CsvSource({"1, work", "1, commit", "3, work", "3, commit"})
    void whoIsFrozenBeforeItsCommitDoesNotCommitWhatWasTakenOver(long version, String point) throws Exception {
        TestDatabase.onBothServers(database -> freezeBeforeCommit(database, version, point));
    }

    private static void freezeBeforeCommit(TestDatabase database, long version, String point) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Ledger ledger = Ledger.create(database, fresh);
            // One range, so that a later change by the frozen node could only be in the range that was taken over.
            ledger.run("delete from invoices where id > 10000");
            try (Node frozen = Node.prepare(fresh, NodeOptions.named("frozen").withOnly(version, point));
                    // Only the frozen node has to be a process.
                    Dispatcher successor = NodeOptions.named("successor")
                            .withOnly(version, "none")
                            .here(fresh)) {
                frozen.go().await("held");
                frozen.freeze();
                long committed = changedBy(ledger, "frozen");
                Dispatch work = successor.dispatch();
                boolean taken = isTakenOver(ledger);
                if (taken) {
                    // Waits for the successor's end: if it stopped in the middle of its work, it could rightly lose the
                    // claim again.
                    assertThat(work.await(PATIENCE)).isEqualTo(Outcome.DONE);
                }
                frozen.thaw();
                frozen.go();
                assertThat(frozen.await("ended")).startsWith("ended DONE");
                if (taken) {
                    assertThat(changedBy(ledger, "frozen")).isEqualTo(committed);
                    assertThat(changedBy(ledger, "successor")).isPositive();
                } else {
                    assertThat(work.await(PATIENCE)).isEqualTo(Outcome.DONE);
                }
                System.out.printf(
                        "frozen on %s in migration %d before its %s: %s%n",
                        database,
                        version,
                        point.equals("work") ? "fence" : "commit",
                        taken ? "taken over" : "not taken over while it held its row's lock");
            }
            String table = version == LedgerBuild.ACCOUNTS ? "accounts" : "invoices";
            assertThat(ledger.number("select count(*) from " + table + " where changes <> 1"))
                    .isZero();
        }
    }

    private static long changedBy(Ledger ledger, String node) throws Exception {
        return ledger.number("select (select count(*) from accounts where changed_by = '" + node + "')"
                + " + (select count(*) from invoices where changed_by = '" + node + "')");
    }

    private static boolean isTakenOver(Ledger ledger) throws Exception {
        return ledger.comesTrue(
                PAST_THE_CLAIM_MILLIS, "select count(*) from async_migration_events where event = 'taken over'");
    }

    @Test
    void whoIsFrozenAtRandomLosesNothingAndDoesNothingTwice() throws Exception {
        TestDatabase.onBothServers(FreezeTest::freezeAtRandom);
    }

    private static void freezeAtRandom(TestDatabase database) throws Exception {
        Random random = new Random(SEED + database.ordinal());
        int freezes = 0;
        int takenOver = 0;
        for (int run = 1; freezes < FREEZES / 2 && run <= FREEZES; run++) {
            try (Fresh fresh = database.fresh()) {
                Ledger ledger = Ledger.create(database, fresh);
                boolean several = run % 2 == 0;
                try (Node one = Node.prepare(fresh, options("one", several));
                        Node two = Node.prepare(fresh, options("two", several))) {
                    List<Node> nodes = List.of(one, two);
                    Node.awaitReady(nodes);
                    nodes.forEach(Node::go);
                    boolean isOver = false;
                    while (freezes < FREEZES / 2 && !isOver) {
                        Node victim = Node.anyAtWork(nodes, random);
                        isOver = victim == null || !victim.isAtWorkAfter(random.nextInt(400));
                        if (!isOver) {
                            freezes++;
                            takenOver += isTakenOver(ledger, victim) ? 1 : 0;
                        }
                    }
                    if (!isOver) {
                        one.await("ended FAILED");
                    }
                }
                assertThat(ledger.wrongWithRejects()).as("-Dseed=" + SEED).isEmpty();
            }
        }
        assertThat(freezes).isEqualTo(FREEZES / 2);
        System.out.printf(
                "%d freezes at random on %s, %d of them taken over, 0 rows lost, 0 done twice (-Dseed=%d)%n",
                freezes, database, takenOver, SEED);
    }

    /** In every second run, the batch migrations are independent, so several run at once. */
    private static NodeOptions options(String name, boolean several) {
        NodeOptions options = NodeOptions.named(name).withPause(15);
        return several ? options.withJvm(LedgerBuild.INDEPENDENTLY) : options;
    }

    /** Freezes a node until it holds no claim any more, or for as long as that can take. */
    private static boolean isTakenOver(Ledger ledger, Node victim) throws Exception {
        String before = "select count(*) from async_migration_events where event = 'taken over'";
        long until = ledger.hasState() ? ledger.number(before) : 0;
        victim.freeze();
        try {
            return ledger.hasState()
                    && ledger.comesTrue(PAST_THE_CLAIM_MILLIS / 2, before + " having count(*) > " + until);
        } finally {
            victim.thaw();
        }
    }
}
