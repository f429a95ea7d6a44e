package org.asyncmigrations.example.threereleases.driver;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.example.threereleases.application.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Rolls three releases out on one database, while users keep sending requests, and kills instances in the middle of the work. */
public final class ThreeReleases {
    /** What a long report does to schema changes: they wait for its transaction. */
    private static final String REPORT = "select count(*) from customers";

    private final Plan plan;
    private final PrintStream out;
    private final Tables tables;
    private final Balancer balancer = new Balancer();
    private final RequestLog log;
    private final Traffic traffic;
    private final Timeline timeline;
    private final Migrations migrations;
    private final StepCheck check;
    private final Rollout rollout;

    private ThreeReleases(Plan plan, PrintStream out, HikariDataSource pool, RequestLog log) {
        this.plan = plan;
        this.out = out;
        this.log = log;
        DSLContext dsl = DSL.using(pool, SQLDialect.POSTGRES);
        this.tables = new Tables(pool, dsl);
        this.traffic = new Traffic(balancer, log, plan.customers());
        this.timeline = new Timeline(out, balancer, log);
        this.migrations = new Migrations(dsl, timeline);
        this.check = new StepCheck(tables, migrations);
        this.rollout = new Rollout(plan, pool.getJdbcUrl(), balancer, migrations, timeline);
    }

    /**
     * Runs the example and ends the JVM: with 0 if no request has failed and every row is right, otherwise with 1.
     *
     * @param arguments {@code short} for fewer instances and customers, and {@code undo} to take release 2 back
     * @throws Exception if the database or a process fails
     */
    public static void main(String[] arguments) throws Exception {
        List<String> chosen = List.of(arguments);
        Plan plan = chosen.contains("short") ? Plan.SHORT : Plan.FULL;
        System.exit(run(System.out, plan, !chosen.contains("undo")) ? 0 : 1);
    }

    static boolean run(PrintStream out, Plan plan, boolean contracts) throws Exception {
        Path file = Path.of("target", contracts ? "requests.log" : "requests-undo.log");
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                HikariDataSource pool = Database.pool(server.getJdbcUrl("postgres", "postgres"));
                RequestLog log = new RequestLog(file)) {
            ThreeReleases story = new ThreeReleases(plan, out, pool, log);
            try (story.migrations;
                    story.check) {
                return story.tell(contracts);
            } finally {
                story.endAll();
            }
        }
    }

    private void endAll() throws IOException, InterruptedException {
        for (Instance instance : balancer.serving()) {
            instance.end();
        }
    }

    private boolean tell(boolean contracts) throws Exception {
        tables.create(plan.customers());
        for (int i = 0; i < plan.instances(); i++) {
            rollout.start(Release.ONE);
        }
        traffic.start();
        migrations.start();
        check.start();
        expand();
        fill();
        release2();
        if (contracts) {
            contract();
            return isRight(List.of("id", "first_name", "last_name"), "concat_ws(' ', first_name, last_name)");
        } else {
            undo();
            return isRight(List.of("id", "name"), "name");
        }
    }

    private void expand() throws Exception {
        if (plan.reports()) {
            timeline.say("a report reads customers, for long; the first instance of release 2 is started");
            try (Connection report = tables.hold(REPORT)) {
                rollout.start(Release.TWO);
                migrations.await("AddCustomerNames", Migrations.WAITS_FOR_LOCK::equals);
                rollout.kill("AddCustomerNames");
                report.rollback();
            }
            timeline.say("the report is over; another instance of release 2 is started");
        }
        try (Connection hold = tables.hold("lock table pg_trigger in share mode")) {
            rollout.start(Release.TWO);
            while (!tables.columns().contains("last_name")) {
                Thread.onSpinWait();
            }
            timeline.say("the columns are there, and the triggers have to wait");
            rollout.kill("AddCustomerNames");
            hold.rollback();
        }
        rollout.start(Release.TWO);
        migrations.await("AddCustomerNames", Migrations.DONE::equals);
    }

    private void fill() throws Exception {
        long filled;
        do {
            filled = tables.filled();
        } while (filled < plan.customers() / 10);
        timeline.say(String.format(Locale.ROOT, "%,d of %,d customers have a first name", filled, plan.customers()));
        rollout.kill("FillCustomerNames");
        rollout.start(Release.TWO);
        migrations.await("FillCustomerNames", Migrations.DONE::equals);
        timeline.say("release 2 uses only the new columns now, and release 1 only the old one");
        log.await(plan.sideBySide());
    }

    private void release2() throws Exception {
        timeline.say("release 2 replaces release 1");
        rollout.replace(plan.instances(), Release.TWO);
    }

    private void contract() throws Exception {
        timeline.say("release 3 is rolled out");
        rollout.start(Release.THREE);
        log.await(plan.sideBySide());
        rollout.replace(plan.instances() - 1, Release.THREE);
        timeline.say("the report reads customers again");
        try (Connection report = tables.hold(REPORT)) {
            rollout.replace(plan.instances(), Release.THREE);
            migrations.await("DropCustomerName", Migrations.WAITS_FOR_LOCK::equals);
            rollout.kill("DropCustomerName");
            report.rollback();
        }
        timeline.say("the report is over");
        rollout.start(Release.THREE);
        migrations.await("DropCustomerName", Migrations.DONE::equals);
        log.await(plan.sideBySide());
    }

    private void undo() throws Exception {
        timeline.say("the team has changed its mind: release 3 takes the new columns back");
        rollout.start(Release.THREE_UNDONE);
        log.await(plan.sideBySide());
        rollout.replace(plan.instances(), Release.THREE_UNDONE);
        migrations.await("UndoCustomerNames", Migrations.DONE::equals);
        log.await(plan.sideBySide());
    }

    private boolean isRight(List<String> columns, String name) throws InterruptedException {
        Map<Long, String> written = traffic.end();
        long wrong = tables.wrong(name, plan.customers(), written);
        timeline.say("customers has " + tables.columns() + "; " + tables.leftOver()
                + " triggers and functions are left; " + wrong + " rows are wrong");
        out.printf(
                Locale.ROOT,
                "%,d requests, %d failed, the longest took %d ms: %s%n",
                log.requests(),
                log.failures(),
                log.longestMillis(),
                log.counts());
        out.printf(
                Locale.ROOT,
                "all rows were compared %,d times while both sides were there; %d were out of step%n",
                check.looks(),
                check.outOfStep());
        if (log.firstFailure() != null) {
            out.println("the first failure: " + log.firstFailure());
        }
        return wrong == 0
                && log.failures() == 0
                && check.outOfStep() == 0
                && tables.leftOver() == 0
                && tables.columns().equals(columns);
    }
}
