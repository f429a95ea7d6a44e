package org.asyncmigrations.example.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.quartz.Scheduler;

/** Runs two processes on an embedded PostgreSQL, kills the one that works first, and lets the other one continue. */
public final class Demo {
    private static final String EACH_ONCE = "select count(*) from orders where total_cents = quantity * cents";

    /** How long the first process works before it is killed. */
    private static final Duration LIFE = Duration.ofMillis(500);

    private final String engine;
    private final long rows;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final List<Process> nodes = new ArrayList<>();
    private final CountDownLatch working = new CountDownLatch(1);
    private final AtomicInteger firstAtWork = new AtomicInteger();

    private Demo(String engine, long rows, PrintStream out) {
        this.engine = engine;
        this.rows = rows;
        this.out = out;
    }

    /**
     * Runs the demonstration and ends the JVM: with 0 if each row was changed once, otherwise with 1.
     *
     * @param arguments the engine; the number of rows, 1,000,000 by default; and {@code alone} for one process that isn't killed
     * @throws Exception if the database fails
     */
    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length < 2 ? 1_000_000 : Long.parseLong(arguments[1]);
        System.exit(run(arguments[0], rows, arguments.length < 3, System.out) ? 0 : 1);
    }

    static boolean run(String engine, long rows, boolean kills, PrintStream out) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            DSLContext dsl = DSL.using(postgres.getPostgresDatabase(), SQLDialect.POSTGRES);
            return new Demo(engine, rows, out).run(url, dsl, kills);
        }
    }

    private boolean run(String url, DSLContext dsl, boolean kills) throws Exception {
        execute(dsl, Demo.class.getResourceAsStream("/schema.sql"));
        execute(dsl, Scheduler.class.getResourceAsStream("impl/jdbcjobstore/tables_postgres.sql"));
        dsl.execute("insert into orders select n, 1 + n % 7, 1 + n % 1000 from generate_series(1, ?) n", rows);
        dsl.execute("vacuum analyze orders");
        say(String.format(Locale.ROOT, "%,d rows, engine %s", rows, engine));
        try {
            start(url);
            if (kills) {
                start(url);
                working.await(2, TimeUnit.MINUTES);
                Process victim = nodes.get(firstAtWork.get() - 1);
                victim.waitFor(LIFE.toMillis(), TimeUnit.MILLISECONDS);
                victim.destroyForcibly().onExit().join();
                long done = dsl.fetchSingle(EACH_ONCE).get(0, Long.class);
                say(String.format(Locale.ROOT, "node %d is killed, %,d rows are done", firstAtWork.get(), done));
                nodes.remove(victim);
            }
            nodes.get(0).waitFor();
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
        long once = dsl.fetchSingle(EACH_ONCE).get(0, Long.class);
        say(String.format(Locale.ROOT, "%,d of %,d rows were changed, each once", once, rows));
        return once == rows;
    }

    private static void execute(DSLContext dsl, InputStream script) throws IOException {
        try (script) {
            String all = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "");
            for (String statement : all.split(";")) {
                if (!statement.isBlank()) {
                    dsl.execute(statement);
                }
            }
        }
    }

    private void start(String url) throws IOException {
        int number = nodes.size() + 1;
        Process node = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-Dorg.jooq.no-logo=true",
                        "-Dorg.jooq.no-tips=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        engine,
                        url,
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        nodes.add(node);
        Thread reader = new Thread(() -> tell(node, number), "node " + number);
        reader.setDaemon(true);
        reader.start();
    }

    private void tell(Process node, int number) {
        try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say(line);
                if (line.contains(" works") && firstAtWork.compareAndSet(0, number)) {
                    working.countDown();
                }
            }
        } catch (IOException killed) {
            // The process was killed, so its output ends.
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }
}
