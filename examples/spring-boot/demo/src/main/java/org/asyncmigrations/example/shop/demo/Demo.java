package org.asyncmigrations.example.shop.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Rolls out three releases of the shop on one database, while users send requests. */
public final class Demo {
    private final PrintStream out;
    private final String url;
    private final JdbcClient database;
    private final int customers;
    private final Duration settle;
    private final Users users = new Users();
    private final Map<String, String> seen = new HashMap<>();
    private final long begin = System.nanoTime();

    private Demo(PrintStream out, EmbeddedPostgres server, int customers, Duration settle) {
        this.out = out;
        this.url = server.getJdbcUrl("postgres", "postgres");
        this.database = JdbcClient.create(server.getPostgresDatabase());
        this.customers = customers;
        this.settle = settle;
    }

    /**
     * Runs the demo. Ends with 0 if no request has failed and every row is right.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(System.out, 200_000, Duration.ofSeconds(10)) ? 0 : 1);
    }

    static boolean run(PrintStream out, int customers, Duration settle) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            Demo demo = new Demo(out, server, customers, settle);
            try {
                return demo.run();
            } finally {
                for (Instance instance : demo.users.instances()) {
                    instance.end();
                }
            }
        }
    }

    private boolean run() throws Exception {
        out.println("     s  requests  failed");
        Instance first = deployed(1);
        database.sql("insert into customer (name) select ' Customer ' || n || ' ' from generate_series(1, ?) n")
                .param(customers)
                .update();
        users.start(customers);

        Instance second = deployed(2);
        tell(second, "CopyNames", "done|keeps finding");
        tell(second, "RequireFullName", "still run");
        refused(3);
        ended(first);
        tell(second, "RequireFullName", "done");

        Instance third = deployed(3);
        tell(third, "DropName", "still run");
        ended(second);
        tell(third, "DropName", "done");

        users.end();
        say("health of release 3: " + third.health());
        return isRight();
    }

    private Instance deployed(int release) throws Exception {
        Instance instance = Instance.start(release, url, settle);
        if (!instance.isAlive()) {
            throw new IllegalStateException("release " + release + " did not start: " + instance.lastWords());
        }
        users.join(instance);
        say("release " + release + " serves; customer has the columns " + columns());
        return instance;
    }

    private void ended(Instance instance) throws Exception {
        users.leave(instance);
        instance.end();
        say("release " + instance.release() + " has ended");
    }

    /** Checks that a release that doesn't fit the database serves nobody. */
    private void refused(int release) throws Exception {
        Instance instance = Instance.start(release, url, settle);
        if (instance.isAlive()) {
            throw new IllegalStateException("release " + release + " serves, and must not yet");
        }
        say("release " + release + " does not start: " + instance.lastWords());
        instance.end();
    }

    /** Prints changes that the endpoint shows, until a migration has a certain state. */
    private void tell(Instance instance, String migration, String regex) throws Exception {
        Pattern until = Pattern.compile(regex);
        Wait.until(migration + " " + until, Duration.ofMinutes(1), () -> {
            for (JsonNode status : instance.migrations()) {
                String name = status.get("name").asString().replaceFirst(".*\\.", "");
                String waitsFor = status.get("waitsFor").asString("").replaceFirst(": \\d+ %", "");
                String now = status.get("state").asString() + (waitsFor.isEmpty() ? "" : ": " + waitsFor);
                if (!now.equals(seen.put(name, now))) {
                    say("  " + name + " " + now + rows(status));
                }
            }
            return until.matcher(seen.getOrDefault(migration, "")).find();
        });
    }

    private static String rows(JsonNode status) {
        long rows = status.get("rowsDone").asLong();
        return rows == 0 ? "" : String.format(Locale.ROOT, " (%,d rows)", rows);
    }

    private String columns() {
        return database.sql("select string_agg(column_name, ', ' order by ordinal_position)"
                        + " from information_schema.columns where table_name = 'customer'")
                .query(String.class)
                .single();
    }

    private boolean isRight() {
        Map<Long, String> expected = users.names();
        long wrong = database.sql("select id, full_name from customer")
                .query((row, number) -> expected.getOrDefault(row.getLong(1), "Customer " + row.getLong(1))
                        .equals(row.getString(2)))
                .list()
                .stream()
                .filter(right -> !right)
                .count();
        say("customer has the columns " + columns() + "; " + wrong + " rows are wrong");
        users.failures().stream().limit(10).forEach(out::println);
        return users.failures().isEmpty() && wrong == 0 && columns().equals("id, full_name");
    }

    private void say(String event) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf(
                Locale.ROOT, "%6.1f %,9d %7d  %s%n", seconds, users.answered(), users.failures().size(), event);
    }
}
