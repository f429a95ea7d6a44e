package org.asyncmigrations.example.rolling.driver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.example.rolling.application.Name;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Rolls three releases out and back on one database, while users keep sending requests. */
public final class RollingRelease {
    private static final String OPTIONAL = "MakeFullNameOptional";
    private static final String DROP = "DropFullName";

    private final Plan plan;
    private final PrintStream out;
    private final String url;
    private final Tables tables;
    private final Balancer balancer = new Balancer();
    private final Traffic traffic;
    private final Timeline timeline;
    private final Migrations migrations;

    private RollingRelease(Plan plan, PrintStream out, EmbeddedPostgres server) {
        this.plan = plan;
        this.out = out;
        this.url = server.getJdbcUrl("postgres", "postgres");
        var dsl = DSL.using(server.getPostgresDatabase(), SQLDialect.POSTGRES);
        this.tables = new Tables(dsl);
        this.traffic = new Traffic(balancer, plan.customers());
        this.timeline = new Timeline(out, balancer, traffic);
        this.migrations = new Migrations(dsl, timeline);
    }

    /**
     * Runs the example and ends the JVM: with 0 if no request has failed and every row is right, otherwise with 1.
     *
     * @param arguments {@code short} for fewer instances and customers, or none
     * @throws Exception if the database or a process fails
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(System.out, List.of(arguments).contains("short") ? Plan.SHORT : Plan.FULL));
    }

    static int run(PrintStream out, Plan plan) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            RollingRelease story = new RollingRelease(plan, out, server);
            try (story.migrations) {
                return story.tell();
            } finally {
                for (Instance instance : story.balancer.serving()) {
                    instance.end();
                }
            }
        }
    }

    private int tell() throws Exception {
        tables.create(plan.customers());
        for (int i = 0; i < plan.instances(); i++) {
            joins(1);
        }
        traffic.start();
        migrations.start();
        release2();
        release3();
        return isRight(traffic.end()) ? 0 : 1;
    }

    private void release2() throws Exception {
        timeline.say("the schema gets first_name and last_name, which may be missing; release 2 is rolled out");
        tables.addNames();
        replace(plan.instances() - 1, 2);
        isRefused(3);
        timeline.say("release 2 is rolled back");
        replace(plan.instances() - 1, 1);
        timeline.say("release 2 is rolled out again");
        replace(plan.instances(), 2);
        migrations.await(OPTIONAL, "done"::equals);
        timeline.say("release 2 reads first_name and last_name now");
        isRefused(1);
    }

    private void release3() throws Exception {
        timeline.say("release 3 is rolled out");
        replace(plan.instances() - 1, 3);
        timeline.say("release 3 is rolled back");
        replace(plan.instances() - 1, 2);
        timeline.say("release 3 is rolled out again");
        replace(plan.instances(), 3);
        if (plan.lateRollBack()) {
            migrations.await(DROP, stands -> stands.contains("opens when"));
            timeline.say("an instance of release 2 comes back");
            Instance late = joins(2);
            migrations.await(DROP, stands -> stands.contains("still runs"));
            leaves(late);
        }
        migrations.await(DROP, "done"::equals);
        isRefused(2);
    }

    /**
     * Replaces this number of instances of other releases, one by one, the oldest first. The new one serves before the old one
     * leaves.
     */
    private void replace(int number, int release) throws IOException, InterruptedException {
        List<Instance> others = balancer.serving().stream()
                .filter(instance -> instance.release() != release)
                .limit(number)
                .toList();
        for (Instance other : others) {
            joins(release);
            leaves(other);
        }
    }

    private Instance start(int release) throws IOException {
        return Instance.start(release, List.of(url, plan.settle().toString()));
    }

    private Instance joins(int release) throws IOException, InterruptedException {
        Instance instance = start(release);
        if (!instance.isReady()) {
            instance.end();
            throw new IllegalStateException("release " + release + " did not start: " + instance.lastWords());
        }
        balancer.join(instance);
        timeline.say(instance + " of release " + release + " serves");
        return instance;
    }

    private void leaves(Instance instance) throws InterruptedException {
        balancer.leave(instance);
        if (!instance.end()) {
            throw new IllegalStateException(instance + " of release " + instance.release() + " did not end well");
        }
        timeline.say(instance + " of release " + instance.release() + " has ended");
    }

    /** Checks that a release that doesn't fit the database doesn't serve a single request. */
    private void isRefused(int release) throws IOException, InterruptedException {
        Instance instance = start(release);
        boolean ready = instance.isReady();
        instance.end();
        if (ready) {
            throw new IllegalStateException("release " + release + " started, and must not at this time");
        }
        timeline.say("release " + release + " does not start: " + instance.lastWords());
    }

    private boolean isRight(Map<Long, Name> written) {
        long wrong = tables.wrong(plan.customers(), written);
        timeline.say("customers has the columns " + tables.columns() + "; " + wrong + " rows are wrong");
        out.printf(
                "%,d requests, %d failed, the longest took %d ms%n",
                traffic.requests(), traffic.failures(), traffic.longestMillis());
        if (traffic.firstFailure() != null) {
            out.println("the first failure: " + traffic.firstFailure());
        }
        return wrong == 0 && traffic.failures() == 0 && tables.columns().equals("id, first_name, last_name");
    }
}
