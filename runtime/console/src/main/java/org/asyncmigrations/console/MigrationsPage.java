package org.asyncmigrations.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** The migrations of a registry: those that are running or held in full, those that wait or are done as tables. Stateless. */
final class MigrationsPage {
    private static final int PAGE = 50;

    /** More are never running at the same time; limits the size of the page. */
    private static final int MOST_ACTIVE = 50;

    private MigrationsPage() {}

    static String write(View view) {
        Reading reading = view.here().look();
        Page page = Page.begin(view, view.isOnly() ? "Migrations" : view.here().name());
        Html html = page.html();
        html.open("div", "class", "head").element("h1", "Migrations");
        if (reading.status().migrations().size() > PAGE / 2) {
            page.search("Find by name or version", view.home(), view.link().text("q"));
        }
        html.close("div");
        if (reading.trouble() != null) {
            trouble(page, reading.trouble());
        } else if (reading.status().migrations().isEmpty()) {
            page.teach(
                    "No migrations yet",
                    "The state tables exist, but no migration is registered. Write a class, annotate it, and deploy:",
                    "$@AsyncMigration(version = 20261121_093000L)\n@Idempotent(By.PENDING_ROWS)\n"
                            + "public final class BackfillEmailLower implements BatchMigration { … }",
                    "A build that contains it registers it with dispatch(). Then it is shown here, with its progress.");
        } else {
            lists(view, page, reading);
        }
        return page.end();
    }

    static void trouble(Page page, String trouble) {
        if (trouble.contains("no state tables")) {
            page.teach(
                    "No state tables yet",
                    Written.capitalized(trouble) + ".",
                    "The first build of your application that calls dispatch() creates them:",
                    "$try (var migrations = AsyncMigrationRegistry.builder(dataSource).build()) {\n    migrations.dispatch();\n"
                            + "    application.run();\n}",
                    "If they are in another schema or have another prefix, name it where you create the console:"
                            + " Operator.of(dataSource).stateSchema(\"ops\").prefix(\"async_\").");
        } else {
            page.teach(
                    "Not readable now",
                    Written.capitalized(trouble),
                    "The page shows the migrations once the database can be read.");
        }
    }

    private static void lists(View view, Page page, Reading reading) {
        Html html = page.html();
        counts(html, reading);
        List<MigrationStatus> found = found(reading, view.link().text("q"));
        List<MigrationStatus> active = found.stream()
                .filter(Reading::isActive)
                .sorted(Comparator.comparing((MigrationStatus one) -> one.state() != State.FAILED))
                .toList();
        List<MigrationStatus> waiting = found.stream()
                .filter(one -> !Reading.isActive(one) && one.state() != State.DONE)
                .toList();
        List<MigrationStatus> done = new ArrayList<>(
                found.stream().filter(one -> one.state() == State.DONE).toList());
        done.sort(Comparator.comparing(MigrationStatus::version).reversed());
        if (found.isEmpty()) {
            page.teach(
                    "Nothing found",
                    "No migration's name or version contains “" + view.link().text("q") + "”.");
        }
        html.open("div", "id", "active", "data-live", "");
        if (!active.isEmpty()) {
            html.element("h2", "Active");
            active.stream().limit(MOST_ACTIVE).forEach(one -> card(view, html, one));
        }
        html.close("div");
        html.open("div", "id", "waiting", "data-live", "");
        if (!waiting.isEmpty()) {
            html.element("h2", "Waiting");
            waiting(view, html, waiting.stream().limit(PAGE).toList());
            more(html, waiting.size());
        }
        html.close("div");
        done(view, page, done);
    }

    private static void more(Html html, int all) {
        if (all > PAGE) {
            html.element("p", "and " + Written.count(all - PAGE) + " more; search to find them", "class", "note");
        }
    }

    private static void counts(Html html, Reading reading) {
        html.open("p", "id", "counts", "class", "counts", "data-live", "");
        for (State state : List.of(State.FAILED, State.PROCESSING, State.PENDING, State.CREATED, State.DONE)) {
            long count = reading.count(state);
            if (count > 0) {
                html.open("span", "class", "count " + state.word());
                html.element("b", Written.count(count)).text(" " + (state == State.CREATED ? "waiting" : state.word()));
                html.close("span");
            }
        }
        html.close("p");
    }

    private static List<MigrationStatus> found(Reading reading, String sought) {
        String part = sought.strip().toLowerCase(Locale.ROOT);
        return reading.status().migrations().stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).contains(part)
                        || MigrationEntry.written(one.version()).contains(part)
                        || Long.toString(one.version()).contains(part))
                .toList();
    }

    /** Writes a migration that is running or held. */
    private static void card(View view, Html html, MigrationStatus migration) {
        String kind = Page.word(migration).replace(' ', '-');
        html.open("article", "class", "card " + kind, "aria-label", migration.simpleName());
        html.open("div", "class", "line");
        name(view, html, migration);
        Page.state(html, migration);
        html.close("div");
        progress(html, migration);
        String why = migration.state() == State.FAILED ? migration.firstError() : Written.why(migration);
        if (why != null) {
            html.open("p", "class", "why");
            Written.sentence(html, Written.cut(why, 300));
            html.close("p");
        }
        html.close("article");
    }

    private static void name(View view, Html html, MigrationStatus migration) {
        html.link(view.to(migration.version()), migration.simpleName(), "class", "name");
        html.element("span", MigrationEntry.written(migration.version()), "class", "version");
    }

    /** Writes the progress bar, and the numbers below it. */
    static void progress(Html html, MigrationStatus migration) {
        MigrationStatus.Progress progress = migration.progress();
        MigrationStatus.Pace pace = migration.now().pace();
        boolean isSized = progress.rowsEstimated() > 0;
        // The size is an estimate, and one that was skipped has not walked all of it. A seal walks it again.
        boolean isOver =
                migration.state() == State.DONE && migration.now().owners().isEmpty();
        html.open("div", "class", "progress");
        if (isSized && !isOver) {
            html.open(
                    "progress",
                    "max",
                    1_000,
                    "value",
                    (int) (progress.share() * 1_000),
                    "aria-label",
                    "Progress of " + migration.simpleName());
            html.text(Written.percent(progress.share())).close("progress");
            html.element("b", Written.percent(progress.share()), "class", "share");
        }
        html.close("div").open("p", "class", "figures");
        if (isSized) {
            html.open("span").element("b", Written.count(progress.keysWalked()));
            html.text(isOver ? " rows walked" : " of about " + Written.count(progress.rowsEstimated()) + " rows")
                    .close("span");
        }
        figure(html, pace.rate() == null ? null : Written.count(pace.rate()), " rows/s");
        figure(html, pace.timeLeft() == null ? null : Written.duration(pace.timeLeft()), " left");
        int workers = migration.now().owners().size();
        figure(html, workers == 0 ? null : Written.count(workers), workers == 1 ? " worker" : " workers");
        if (!migration.now().tuning().tuning().isNone()) {
            html.element(
                    "span",
                    Written.tuning(migration.now().tuning().tuning()),
                    "class",
                    "tuned",
                    "title",
                    "Speed as an operator has set it");
        }
        html.close("p");
    }

    private static void figure(Html html, @Nullable String number, String unit) {
        if (number != null) {
            html.open("span").element("b", number).text(unit).close("span");
        }
    }

    private static void waiting(View view, Html html, List<MigrationStatus> waiting) {
        Table table = Table.begin(html, "Migrations that wait", "Migration", "Version", "Phase", "Waits for");
        for (MigrationStatus one : waiting) {
            table.row().cell(() -> html.link(view.to(one.version()), one.simpleName()));
            table.cell(() -> html.element("span", MigrationEntry.written(one.version()), "class", "version"));
            table.cell(phase(one)).cell(() -> {
                String why = Written.whyShort(one);
                Written.sentence(html, why == null ? "Its turn comes next" : why);
            });
            table.endRow();
        }
        table.end();
    }

    static String phase(MigrationStatus migration) {
        return migration.phase() == Phase.ASYNC ? "async" : "after release";
    }

    private static void done(View view, Page page, List<MigrationStatus> done) {
        Html html = page.html();
        html.open("div", "id", "done", "data-live", "");
        if (!done.isEmpty()) {
            int number = view.link().number("page", (done.size() - 1) / PAGE);
            html.element("h2", "Done");
            Table table = Table.begin(
                    html, "Migrations that are done", "Migration", "Version", "Phase", "Rows#", "Took#", "Finished");
            done.stream().skip((long) number * PAGE).limit(PAGE).forEach(one -> {
                table.row().cell(() -> html.link(view.to(one.version()), one.simpleName()));
                table.cell(() -> html.element("span", MigrationEntry.written(one.version()), "class", "version"));
                table.cell(phase(one)).cell(Written.count(one.progress().rowsDone()));
                table.cell(took(one.progress()));
                table.cell(() -> Written.timeOrNone(html, one.progress().finishedAt()));
                table.endRow();
            });
            table.end();
            page.pager(number, done.size() > (number + 1) * PAGE, "Newer", "Older");
        }
        html.close("div");
    }

    static String took(MigrationStatus.Progress progress) {
        return progress.startedAt() == null || progress.finishedAt() == null
                ? "–"
                : Written.duration(Duration.between(progress.startedAt(), progress.finishedAt()));
    }
}
