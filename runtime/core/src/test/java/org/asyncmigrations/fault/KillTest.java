package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When processes are killed at random moments, nothing is lost and nothing is done twice. {@code -Dkills=1000} kills more of them
 * than the usual 8; {@code -Dseed=…} repeats the same random moments.
 */
class KillTest {
    static final int KILLS = Integer.getInteger("kills", 8);
    static final long SEED = Long.getLong("seed", System.nanoTime());

    /** The longest time to the next kill. An undisturbed node finishes a ledger in about two seconds. */
    private static final int LONGEST_LIFE_MILLIS = 400;

    /** The most kills of one run: the more kills, the later in the ledger the last one happens. */
    private static final int KILLS_OF_A_RUN = 12;

    @ParameterizedTest
    @CsvSource({"POSTGRES, 1", "POSTGRES, 3", "MARIADB, 1", "MARIADB, 3"})
    void whatIsKilledAtRandomIsNeitherLostNorDoneTwice(TestDatabase database, int nodes) throws Exception {
        // A quarter of the kills for each run. The first two runs take the remainder.
        int kills = KILLS / 4 + (database == TestDatabase.POSTGRES && KILLS % 4 > nodes / 2 ? 1 : 0);
        Random random = new Random(SEED + database.ordinal() * 31L + nodes);
        Tally tally = new Tally();
        for (int run = 1; tally.kills < kills && run <= kills; run++) {
            try (Fresh fresh = database.fresh()) {
                Ledger ledger = Ledger.create(database, fresh);
                int most = Math.min(kills - tally.kills, 1 + random.nextInt(KILLS_OF_A_RUN));
                boolean isLast = run == kills;
                kill(fresh, name -> options(name, nodes), ledger, random, nodes, most, tally);
                check(ledger, "run " + run + " of " + database + " with " + nodes + " nodes, -Dseed=" + SEED, tally);
                finish(fresh, ledger);
                assertThat(isLast && tally.kills < kills)
                        .as("runs that end before they are hit")
                        .isFalse();
            }
        }
        System.out.printf(
                "%d kills of processes on %s, %d at work, in %d runs: %d while a claim was held, %d rows lost, %d done"
                        + " twice (-Dseed=%d)%n",
                tally.kills, database, nodes, tally.runs, tally.holding, tally.lost, tally.twice, SEED);
    }

    /** With several nodes, some work on several migrations at once. */
    private static NodeOptions options(String name, int nodes) {
        // So that several nodes don't end sooner than one.
        NodeOptions options = NodeOptions.named(name).withPause(10L * nodes);
        return nodes == 1 ? options : options.withJvm(LedgerBuild.INDEPENDENTLY);
    }

    /** Counts of what has happened so far. */
    static final class Tally {
        private int kills;
        private int runs;
        private int holding;
        private long lost;
        private long twice;

        int kills() {
            return kills;
        }

        @Override
        public String toString() {
            return kills + " kills in " + runs + " runs: " + holding + " while a claim was held, " + lost
                    + " rows lost, " + twice + " done twice";
        }
    }

    /** Kills this many nodes, replaces each at once, and lets the remaining ones finish the work. */
    static void kill(
            Fresh fresh,
            Function<String, NodeOptions> options,
            Ledger ledger,
            Random random,
            int nodes,
            int kills,
            Tally tally)
            throws Exception {
        List<Node> fleet = new ArrayList<>();
        try {
            for (int i = 0; i < nodes + kills; i++) {
                fleet.add(Node.prepare(fresh, options.apply(i < nodes ? "node" + i : "spare" + i)));
            }
            Node.awaitReady(fleet);
            fleet.subList(0, nodes).forEach(Node::go);
            boolean isOver = false;
            for (int killed = 0; killed < kills && !isOver; killed++) {
                int life = random.nextInt(LONGEST_LIFE_MILLIS);
                // Most are killed at work, some before it: while creating tables, registering, or between two states.
                boolean atWork = random.nextInt(4) > 0;
                Node node = atWork
                        ? Node.anyAtWork(fleet.subList(0, nodes), random)
                        : fleet.get(random.nextInt(nodes)).awaitDispatched();
                isOver = node == null || !node.isAtWorkAfter(life);
                if (!isOver) {
                    node.kill();
                    tally.kills++;
                    tally.holding += held(ledger, node) ? 1 : 0;
                    fleet.set(fleet.indexOf(node), fleet.remove(nodes).go());
                }
            }
            if (!isOver) {
                fleet.get(0).await("ended FAILED");
            }
        } finally {
            fleet.forEach(Node::close);
        }
    }

    /** Whether a dead process has left a claim behind. An owner's name contains the process's number. */
    private static boolean held(Ledger ledger, Node node) throws Exception {
        String owned = " where owner like '%:" + node.pid() + ":%'";
        return ledger.hasState()
                && ledger.number("select (select count(*) from async_schema_migrations" + owned
                                + ") + (select count(*) from async_migration_ranges" + owned + ")")
                        > 0;
    }

    static void check(Ledger ledger, String which, Tally tally) throws Exception {
        tally.runs++;
        tally.lost += ledger.lost();
        tally.twice += ledger.twice();
        assertThat(ledger.wrongWithRejects()).as(which).isEmpty();
    }

    /** Fixes the rejects and retries them; then everything is done. */
    static void finish(Fresh fresh, Ledger ledger) throws Exception {
        ledger.mend();
        LedgerBuild build = new LedgerBuild("last", 0, version -> {});
        try (Dispatcher registry = build.catalog().on(fresh.dataSource()).build()) {
            registry.migration(LedgerBuild.ORDERS).retry();
            assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
        }
        assertThat(ledger.wrong()).isEmpty();
    }
}
