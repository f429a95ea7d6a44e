package org.asyncmigrations.testing.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes with a {@link org.asyncmigrations.dispatch.Worker} on a job engine. One of them is killed or frozen at a random
 * moment: no row is lost or changed twice, and the work is finished. A subclass has a {@code main} method that gets a JDBC URL,
 * creates an engine on it and calls {@link KilledNode#run}. {@code -Dkills=20} kills 20 instead of the usual 2, {@code -Dseed=…}
 * repeats the same moments. The output of the processes is in {@code target/killed-nodes.log}. Needs the same as
 * {@link WorkerSuite}, and {@code /bin/kill}. Not thread-safe.
 */
@Timeout(1_200)
public abstract class KillSuite {
    private static final int KILLS = Integer.getInteger("kills", 2);

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /** At a millisecond each, a worker takes about four seconds. */
    private static final int ROWS = 3_000;

    private static final int LONGEST_LIFE_MILLIS = 500;

    /** A claim's time, plus the time until the engine considers the frozen process dead, which is 7.5 seconds with Quartz. */
    private static final Duration PAST_THE_CLAIM = Duration.ofSeconds(10);

    private static final File LOG = new File("target/killed-nodes.log");

    private final Random random = new Random(SEED);

    /** For subclasses. */
    protected KillSuite() {}

    /**
     * Creates the engine's tables.
     *
     * @param dsl the database
     */
    protected abstract void createTables(DSLContext dsl);

    /** A database with work, two processes that do it, and a registry without threads that reports when all is done. */
    private final class Run implements AutoCloseable {
        private final HikariDataSource database = FreshDatabases.next();
        private final DSLContext dsl = DSL.using(database, SQLDialect.POSTGRES);
        private final List<Node> nodes = new ArrayList<>();
        private final Dispatcher watcher = RegistryBuilder.of(database, new OneBackfill())
                .threads(0)
                .pollEvery(Duration.ofMillis(50))
                .build();
        private final Dispatch dispatch;

        Run() throws IOException {
            dsl.execute("create table worker_rows (id bigint primary key, changes int not null)");
            dsl.execute("insert into worker_rows select n, 0 from generate_series(1, " + ROWS + ") n");
            dsl.execute("create function slow() returns trigger language plpgsql as"
                    + " $$ begin perform pg_sleep(0.001); return new; end $$");
            dsl.execute("create trigger slow before update on worker_rows for each row execute function slow()");
            createTables(dsl);
            nodes.add(node());
            nodes.add(node());
            dispatch = watcher.dispatch();
        }

        Node node() throws IOException {
            String url =
                    dsl.connectionResult(connection -> connection.getMetaData().getURL());
            return new Node(new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx192m",
                            "-Dorg.jooq.no-logo=true",
                            "-Dorg.jooq.no-tips=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KillSuite.this.getClass().getName(),
                            url)
                    .redirectError(ProcessBuilder.Redirect.appendTo(LOG))
                    .start());
        }

        boolean isDone() {
            return dispatch.outcome() == Outcome.DONE;
        }

        /** Waits until a node has begun to work, and then for a random time. {@return that node, or any if all is done before} */
        Node atWork() throws Exception {
            Node next = nodes.get(0);
            while (!isDone() && !next.isWorking()) {
                next = nodes.get(random.nextInt(nodes.size()));
            }
            next.process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            return next;
        }

        /** Whether a process has a claim: the owner's name contains its number. */
        boolean hasClaim(Node node) {
            String owned = " where owner like '%:" + node.process.pid() + ":%'";
            return dsl.fetchCount(DSL.table("async_schema_migrations" + owned))
                            + dsl.fetchCount(DSL.table("async_migration_ranges" + owned))
                    > 0;
        }

        void assertDone() throws InterruptedException {
            assertEquals(
                    Outcome.DONE,
                    dispatch.awaitDone(Duration.ofMinutes(3)),
                    () -> dispatch.message() + "; " + rows(OneBackfill.CHANGES.eq(0)) + " rows are left; -Dseed="
                            + SEED);
            assertEquals(0, rows(OneBackfill.CHANGES.eq(0)), "rows that were lost; -Dseed=" + SEED);
            assertEquals(0, rows(OneBackfill.CHANGES.gt(1)), "rows that were changed twice; -Dseed=" + SEED);
        }

        private int rows(Condition which) {
            return dsl.fetchCount(OneBackfill.ROWS, which);
        }

        @Override
        public void close() {
            watcher.close();
            for (Node node : nodes) {
                node.kill();
            }
            database.close();
        }
    }

    /** A process with an engine and a registry. */
    private record Node(Process process) {
        boolean isWorking() throws Exception {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                fail("a process has ended by itself; see " + LOG);
            }
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            return said.ready() && KilledNode.WORKING.equals(said.readLine());
        }

        void signal(String name) throws IOException, InterruptedException {
            String number = Long.toString(process.pid());
            assertEquals(
                    0,
                    new ProcessBuilder("/bin/kill", "-" + name, number).start().waitFor(),
                    name);
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void whatIsKilledAtRandomIsNeitherLostNorDoneTwice() throws Exception {
        int kills = 0;
        int holding = 0;
        int runs = 0;
        for (; kills < KILLS; runs++) {
            try (Run run = new Run()) {
                while (kills < KILLS && !run.isDone()) {
                    Node victim = run.atWork();
                    if (!run.isDone()) {
                        victim.kill();
                        kills++;
                        holding += run.hasClaim(victim) ? 1 : 0;
                        run.nodes.set(run.nodes.indexOf(victim), run.node());
                    }
                }
                run.assertDone();
            }
        }
        System.out.printf(
                "%s: %d kills in %d runs, %d while a claim was held, 0 rows lost, 0 changed twice (-Dseed=%d)%n",
                getClass().getSimpleName(), kills, runs, holding, SEED);
    }

    @Test
    void whoIsFrozenBeyondItsClaimDoesNothingTwice() throws Exception {
        try (Run run = new Run()) {
            Node victim = run.atWork();
            victim.signal("STOP");
            boolean held = run.hasClaim(victim);
            run.dispatch.awaitDone(PAST_THE_CLAIM);
            boolean lost = !run.hasClaim(victim);
            victim.signal("CONT");
            run.assertDone();
            System.out.printf(
                    "%s: frozen %s a claim, %s, 0 rows lost, 0 changed twice (-Dseed=%d)%n",
                    getClass().getSimpleName(),
                    held ? "with" : "without",
                    held && lost ? "which was taken over" : "and nothing was taken over",
                    SEED);
        }
    }
}
