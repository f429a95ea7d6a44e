package org.asyncmigrations.example.threereleases.driver;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.example.threereleases.application.Database;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;

/** Rolls three releases out on one database, while users keep sending requests, and kills instances in the middle of the work. */
public final class ThreeReleases {
    private final Plan plan;
    private final PrintStream out;
    private final DatabaseServer server;
    private final Tables tables;
    private final Balancer balancer = new Balancer();
    private final RequestLog log;
    private final Traffic traffic;
    private final Timeline timeline;
    private final Migrations migrations;
    private final StepCheck check;
    private final Rollout rollout;

    private ThreeReleases(Plan plan, PrintStream out, DatabaseServer server, HikariDataSource pool, RequestLog log) {
        this.plan = plan;
        this.out = out;
        this.server = server;
        this.log = log;
        DSLContext dsl = DSL.using(pool, JDBCUtils.dialect(server.url()));
        this.tables = new Tables(pool, dsl);
        this.traffic = new Traffic(balancer, log, plan.rows());
        this.timeline = new Timeline(out, balancer, traffic);
        this.migrations = new Migrations(dsl, timeline);
        this.check = new StepCheck(tables, migrations);
        this.rollout = new Rollout(plan, server.url(), balancer, migrations, timeline);
    }

    /**
     * Runs the example and ends the JVM: with 0 if no request has failed and every row is right, otherwise with 1.
     *
     * @param arguments {@code short} for fewer instances and rows, {@code mariadb} for that database instead of PostgreSQL, and
     *     {@code undo} to take release 2 back
     * @throws Exception if the database or a process fails
     */
    public static void main(String[] arguments) throws Exception {
        List<String> chosen = List.of(arguments);
        Plan plan = chosen.contains("short") ? Plan.SHORT : Plan.FULL;
        String product = chosen.contains("mariadb") ? "mariadb" : "postgresql";
        System.exit(run(System.out, plan, product, !chosen.contains("undo")) ? 0 : 1);
    }

    static boolean run(PrintStream out, Plan plan, String product, boolean contracts) throws Exception {
        Path file = Path.of("target", "requests-" + product + (contracts ? "" : "-undo") + ".log");
        try (DatabaseServer server = DatabaseServer.start(product);
                HikariDataSource pool = Database.pool(server.url());
                RequestLog log = new RequestLog(file)) {
            ThreeReleases story = new ThreeReleases(plan, out, server, pool, log);
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
        tables.create(server, plan.rows());
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
            return isRight(Shape.NEW);
        } else {
            undo();
            return isRight(Shape.OLD);
        }
    }

    private void expand() throws Exception {
        timeline.say("a report reads customers, for long; the first instance of release 2 is started");
        try (Connection report = tables.hold("select count(*) from customers")) {
            rollout.start(Release.TWO);
            migrations.await("ExpandName", Migrations.WAITS_FOR_LOCK::equals);
            rollout.kill("ExpandName");
            report.rollback();
        }
        timeline.say("the report is over; another instance of release 2 is started");
        if (server.holdsTriggers() != null) {
            killBehindTheColumns(server.holdsTriggers());
        }
        rollout.start(Release.TWO);
        migrations.await("ExpandName", Migrations.DONE::equals);
    }

    private void killBehindTheColumns(String holdsTriggers) throws Exception {
        try (Connection hold = tables.hold(holdsTriggers)) {
            rollout.start(Release.TWO);
            while (!tables.columns("customers").contains("last_name")) {
                Thread.onSpinWait();
            }
            timeline.say("the columns are there, and the triggers have to wait");
            rollout.kill("ExpandName");
            hold.rollback();
        }
    }

    private void fill() throws Exception {
        long filled;
        do {
            filled = tables.filled();
        } while (filled < plan.rows() / 10);
        timeline.say(String.format(Locale.ROOT, "%,d of %,d customers have a first name", filled, plan.rows()));
        rollout.kill("FillName");
        rollout.start(Release.TWO);
        migrations.await("FillTotal", Migrations.DONE::equals);
        timeline.say("release 2 uses only the new columns now, and release 1 only the old ones");
        log.await(plan.sideBySide());
    }

    private void release2() throws Exception {
        timeline.say("release 2 replaces release 1");
        rollout.replace(plan.instances(), Release.TWO);
        timeline.say("50 million euros: " + correct(5_000_000_000L));
    }

    private void contract() throws Exception {
        timeline.say("release 3 is rolled out");
        rollout.start(Release.THREE);
        log.await(plan.sideBySide());
        rollout.replace(plan.instances() - 1, Release.THREE);
        timeline.say("the report reads customers again");
        try (Connection report = tables.hold("select count(*) from customers")) {
            rollout.replace(plan.instances(), Release.THREE);
            migrations.await("ContractName", Migrations.WAITS_FOR_LOCK::equals);
            rollout.kill("ContractName");
            report.rollback();
        }
        timeline.say("the report is over");
        rollout.start(Release.THREE);
        migrations.await("ContractTotal", Migrations.DONE::equals);
        log.await(plan.sideBySide());
        timeline.say("50 million euros: " + correct(5_000_000_000L));
        correct(Tables.firstTotal(1));
    }

    private void undo() throws Exception {
        timeline.say("the team has changed its mind: release 3 takes the new columns back");
        rollout.start(Release.THREE_UNDONE);
        log.await(plan.sideBySide());
        rollout.replace(plan.instances(), Release.THREE_UNDONE);
        migrations.await("UndoTotal", Migrations.DONE::equals);
        log.await(plan.sideBySide());
    }

    /** Changes the total of an order that belongs to none of the users. */
    private String correct(long cents) throws InterruptedException {
        return String.valueOf(balancer.ask("correct 1 " + cents).text());
    }

    private boolean isRight(Shape shape) throws InterruptedException {
        Traffic.Written written = traffic.end();
        long wrong = tables.wrongNames(shape.name(), plan.rows(), written.names())
                + tables.wrongTotals(shape.total(), plan.rows(), written.totals());
        timeline.say("customers has " + tables.columns("customers") + ", orders has " + tables.columns("orders") + "; "
                + tables.leftOver() + " triggers and functions are left; " + wrong + " rows are wrong");
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
                && tables.columns("customers").equals(shape.customers())
                && tables.columns("orders").equals(shape.orders());
    }

    /** What the tables are to look like in the end, and how to read them. */
    private record Shape(List<String> customers, String name, List<String> orders, String total) {
        static final Shape OLD = new Shape(List.of("id", "name"), "name", List.of("id", "cents"), "cents");

        static final Shape NEW = new Shape(
                List.of("id", "first_name", "last_name"),
                "concat_ws(' ', first_name, last_name)",
                List.of("id", "total_cents"),
                "total_cents");
    }
}
