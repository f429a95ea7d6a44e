package org.asyncmigrations.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** One migration: its state and the reason, its speed, who works on it, its errors, and the possible orders. Stateless. */
final class MigrationPage {
    static final int MOST_RANGES = 100;
    static final int MOST_REJECTS = 200;
    private static final int EVENTS = 20;

    /** Longer than a batch, a lock timeout and the renewal of a claim together. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    /** A longer error is cut; the state table has it in full. */
    private static final int MOST_ERROR = 100_000;

    private MigrationPage() {}

    /**
     * Writes the page.
     *
     * @param view the page
     * @param migration the migration
     * @param answer why an order was refused, null if none was
     * @return the page
     */
    static String write(View view, MigrationStatus migration, @Nullable String answer) {
        Page page = Page.begin(view, migration.simpleName());
        Html html = page.html();
        List<RejectedRow> rejects = view.here().operator().rejects(migration.version());
        head(view, html, migration);
        said(view, page, answer);
        callout(view, page, migration);
        html.open("div", "class", "split").open("div", "class", "main");
        html.open(
                "section",
                "id",
                "progress",
                "class",
                Page.word(migration).replace(' ', '-'),
                "data-live",
                "",
                "aria-label",
                "Progress");
        MigrationsPage.progress(html, migration);
        html.close("section");
        curves(view, html, migration);
        error(html, migration);
        rejects(html, rejects);
        ranges(html, view.here().operator().ranges(migration.version()), migration);
        events(view, html, migration);
        html.close("div").open("div", "class", "side");
        OrderForms.write(view, html, migration, rejects.stream().anyMatch(row -> row.accepted() == null));
        facts(html, migration);
        html.close("div").close("div");
        return page.end();
    }

    private static void head(View view, Html html, MigrationStatus migration) {
        html.open("nav", "class", "crumb", "aria-label", "Way back")
                .link(view.home(), "Migrations")
                .close("nav");
        html.open("div", "class", "head", "id", "head", "data-live", "")
                .open("h1")
                .text(migration.simpleName())
                .close("h1");
        html.element("span", MigrationEntry.written(migration.version()), "class", "version");
        html.open("span", "id", "state", "data-said", migration.simpleName() + " is " + Page.word(migration));
        Page.state(html, migration);
        html.close("span").close("div");
    }

    private static void said(View view, Page page, @Nullable String answer) {
        if (answer != null) {
            page.html()
                    .open("p", "class", "callout failed", "role", "alert")
                    .text("Not done: " + answer + ".")
                    .close("p");
        }
        Order.of(view.link().text("given"))
                .ifPresent(order -> page.html()
                        .element(
                                "p",
                                order.title() + ": the order was given. It is the newest event below.",
                                "class",
                                "callout given",
                                "role",
                                "status"));
    }

    private static void callout(View view, Page page, MigrationStatus migration) {
        page.html().open("div", "id", "why", "data-live", "");
        String why = Written.why(migration);
        if (migration.state() == State.FAILED) {
            String attempts = Written.counted(migration.attempts(), "attempt", "attempts");
            page.callout(
                    "failed",
                    "It failed after " + attempts + ", and the migrations that follow wait for it. Fix the cause, then"
                            + " retry it. If you fix the migration's own class, no retry is needed: the build that"
                            + " contains the fix starts it again. Or skip it.");
        } else if (why != null) {
            page.callout(Page.word(migration).replace(' ', '-'), why);
        }
        Instant progress = migration.now().lastProgressAt();
        if (migration.state() == State.PROCESSING
                && progress != null
                && progress.plus(QUIET).isBefore(view.now())) {
            page.callout("failed", "It has not changed since " + progress + ".");
        }
        int tooOld = migration.now().tuning().tooOld();
        if (tooOld > 0) {
            page.callout(
                    "paused",
                    Written.counted(tooOld, "instance runs", "instances run")
                            + " a version of this library that is too old to follow the changed speed.");
        }
        page.html().close("div");
    }

    private static void curves(View view, Html html, MigrationStatus migration) {
        List<Sample> samples = view.here().samples(migration.version());
        boolean isAtWork = migration.state() == State.PROCESSING || migration.state() == State.PENDING;
        boolean isWalked = migration.progress().rowsEstimated() > 0;
        if (isWalked && isAtWork || samples.stream().anyMatch(sample -> sample.rate() > 0)) {
            html.open("section", "id", "curves", "class", "curves", "data-live", "", "aria-label", "Speed");
            Curve.draw(html, "Rows per second", "rows/s", samples, Sample::rate);
            Curve.draw(html, "Batch size", "rows", samples, Sample::batchSize);
            html.close("section");
        }
    }

    private static void error(Html html, MigrationStatus migration) {
        String error = migration.error();
        html.open("div", "id", "error", "data-live", "");
        if (error != null && migration.state() != State.DONE) {
            html.element("h2", "Last error");
            html.open("pre", "class", "error", "tabindex", "0", "role", "region", "aria-label", "Last error");
            html.text(Written.cut(error, MOST_ERROR)).close("pre");
        }
        html.close("div");
    }

    private static void rejects(Html html, List<RejectedRow> rejects) {
        html.open("div", "id", "rejects", "data-live", "");
        if (!rejects.isEmpty()) {
            html.element("h2", "Rejected rows (" + Written.count(rejects.size()) + ")");
            Table table = Table.begin(html, "Rejected rows", "Key", "Error", "Attempts#", "Last tried", "Accepted");
            for (RejectedRow row : rejects.subList(0, Math.min(MOST_REJECTS, rejects.size()))) {
                table.row().cell(() -> html.element("code", row.key()));
                table.cell(() -> error(html, row));
                table.cell(row.attempts()).cell(() -> Written.time(html, row.lastTriedAt()));
                table.cell(row.accepted() == null ? "–" : row.accepted()).endRow();
            }
            table.end();
            rest(html, rejects.size(), MOST_REJECTS);
        }
        html.close("div");
    }

    private static void error(Html html, RejectedRow row) {
        String first = row.error().lines().findFirst().orElse("");
        if (row.error().strip().equals(first.strip())) {
            html.text(first);
        } else {
            html.open("details", "id", "reject-" + Integer.toHexString(row.key().hashCode()))
                    .element("summary", first);
            html.open("pre", "tabindex", "0").text(row.error()).close("pre").close("details");
        }
    }

    private static void rest(Html html, int all, int shown) {
        if (all > shown) {
            html.element(
                    "p", "and " + Written.count(all - shown) + " more; the JSON has up to 10,000", "class", "note");
        }
    }

    private static void ranges(Html html, List<RangeStatus> ranges, MigrationStatus migration) {
        html.open("div", "id", "ranges", "data-live", "");
        if (!ranges.isEmpty()) {
            boolean atWork = ranges.stream().anyMatch(range -> range.owner() != null);
            html.element("h2", (atWork ? "Ranges at work (" : "Ranges (") + Written.count(ranges.size()) + ")");
            Table table = Table.begin(
                    html,
                    "Ranges",
                    "Range#",
                    "Worker",
                    "From",
                    "Reached",
                    "To",
                    "Rows#",
                    "Rows/s#",
                    "Batch#",
                    "Last progress");
            for (RangeStatus range : ranges.subList(0, Math.min(MOST_RANGES, ranges.size()))) {
                table.row()
                        .cell(range.number())
                        .cell(() ->
                                html.element("span", range.owner() == null ? "nobody" : range.owner(), "class", "id"));
                key(table, html, range.from(), "beginning");
                key(table, html, range.cursor(), "–");
                key(table, html, range.to(), "end");
                table.cell(Written.count(range.rowsDone()));
                table.cell(range.rate() == null || range.owner() == null ? "–" : Written.count(range.rate()));
                table.cell(batch(range)).cell(() -> Written.time(html, range.lastProgressAt()));
                table.endRow();
            }
            table.end();
            rest(html, ranges.size(), MOST_RANGES);
        }
        html.close("div");
    }

    private static void key(Table table, Html html, @Nullable String key, String none) {
        table.cell(() -> {
            if (key == null) {
                html.element("span", none, "class", "none");
            } else {
                html.element("code", Written.cut(key, 60), "title", key);
            }
        });
    }

    private static String batch(RangeStatus range) {
        if (range.batchSize() == null) {
            return "–";
        }
        return Written.count(range.batchSize())
                + (range.batchTime() == null ? "" : " in " + Written.duration(range.batchTime()));
    }

    private static void events(View view, Html html, MigrationStatus migration) {
        List<MigrationEvent> events =
                new ArrayList<>(view.events(EventQuery.latest(EVENTS).of(migration.version())));
        Collections.reverse(events);
        html.open("div", "id", "events", "data-live", "").element("h2", "Events");
        if (events.isEmpty()) {
            html.element("p", "None: events are deleted after a while.", "class", "note");
        } else {
            EventsPage.table(view, html, events, false);
            html.open("p", "class", "note")
                    .link(view.to(migration.version()).with("view", "events"), "All its events")
                    .close("p");
        }
        html.close("div");
    }

    private static void facts(Html html, MigrationStatus migration) {
        MigrationStatus.Progress progress = migration.progress();
        html.open("section", "id", "facts", "class", "facts", "data-live", "", "aria-labelledby", "facts-title");
        html.element("h2", "Facts", "id", "facts-title").open("dl");
        html.open("div", "class", "wide").element("dt", "Class");
        html.open("dd").open("code");
        for (String part : migration.name().split("(?<=\\.)")) {
            html.text(part).open("wbr");
        }
        html.close("code").close("dd").close("div");
        fact(html, "Phase", () -> html.text(MigrationsPage.phase(migration)));
        fact(html, "Rows changed", () -> html.text(Written.count(progress.rowsDone())));
        fact(html, "Attempts", () -> html.text(migration.attempts()));
        fact(html, "Started", () -> Written.timeOrNone(html, progress.startedAt()));
        if (progress.finishedAt() != null) {
            String ended = migration.state() == State.FAILED ? "Failed" : "Finished";
            fact(html, ended, () -> Written.timeOrNone(html, progress.finishedAt()));
        }

        fact(html, "Last change", () -> Written.timeOrNone(html, migration.now().lastProgressAt()));
        if (migration.now().nextAttemptAt() != null) {
            fact(
                    html,
                    "Next attempt",
                    () -> Written.timeOrNone(html, migration.now().nextAttemptAt()));
        }
        if (migration.now().gateOpenedAt() != null) {
            fact(
                    html,
                    "Gate opened",
                    () -> Written.timeOrNone(html, migration.now().gateOpenedAt()));
        }
        if (!migration.now().tuning().tuning().isNone()) {
            fact(
                    html,
                    "Speed",
                    () -> html.text(Written.tuning(migration.now().tuning().tuning())));
        }
        if (!migration.now().owners().isEmpty()) {
            fact(
                    html,
                    "Workers",
                    () -> migration.now().owners().forEach(owner -> html.element("div", owner, "class", "id")));
        }
        html.close("dl").close("section");
    }

    private static void fact(Html html, String name, Runnable value) {
        html.open("div").element("dt", name).open("dd");
        value.run();
        html.close("dd").close("div");
    }
}
