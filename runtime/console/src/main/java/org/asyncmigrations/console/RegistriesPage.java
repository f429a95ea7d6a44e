package org.asyncmigrations.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** All registries, the failed ones first. Shows what was read in the background, so it doesn't wait for a database. Stateless. */
final class RegistriesPage {
    private static final int PAGE = 50;

    private RegistriesPage() {}

    static Reading.Standing standing(WatchedRegistry registry) {
        Reading last = registry.last();
        return last == null ? Reading.Standing.UNREAD : last.standing();
    }

    /** {@return the registries that the search finds, the worst first} */
    static List<WatchedRegistry> found(Stream<WatchedRegistry> all, Link link) {
        String part = link.text("q").strip().toLowerCase(Locale.ROOT);
        String word = link.text("standing");
        // Read once: if a background reading came in between, the order would be inconsistent.
        record Row(WatchedRegistry registry, Reading.Standing standing) {}
        return all.filter(each -> each.name().toLowerCase(Locale.ROOT).contains(part))
                .map(each -> new Row(each, standing(each)))
                .filter(row -> word.isEmpty() || row.standing().word().equals(word))
                .sorted(Comparator.comparing(Row::standing))
                .map(Row::registry)
                .toList();
    }

    static String write(View view, List<WatchedRegistry> seen) {
        Page page = Page.begin(view, "Registries");
        Html html = page.html();
        html.open("div", "class", "head").element("h1", "Registries");
        if (!seen.isEmpty()) {
            page.search(
                    "Find by name",
                    Link.HOME.with("standing", view.link().get("standing")),
                    view.link().text("q"));
        }
        html.close("div");
        if (seen.isEmpty()) {
            page.teach(
                    "No registries yet",
                    "The console has no registries, or none that you may see. Add one for each database or tenant:",
                    "$Console.builder().registry(\"shop\", Operator.of(dataSource))");
            return page.end();
        }
        counts(view, html, seen);
        List<WatchedRegistry> found = new ArrayList<>(found(seen.stream(), view.link()));
        if (found.isEmpty()) {
            page.teach("Nothing found", "No registry has this name.");
            return page.end();
        }
        int number = view.link().number("page", (found.size() - 1) / PAGE);
        html.open("div", "id", "registries", "data-live", "");
        table(html, found.stream().skip((long) number * PAGE).limit(PAGE).toList());
        page.pager(number, found.size() > (number + 1) * PAGE, "Before", "Next");
        html.close("div");
        return page.end();
    }

    private static void counts(View view, Html html, List<WatchedRegistry> seen) {
        Map<Reading.Standing, Integer> counts = new EnumMap<>(Reading.Standing.class);
        seen.forEach(each -> counts.merge(standing(each), 1, Integer::sum));
        html.open("p", "id", "counts", "class", "counts", "data-live", "");
        count(view, html, null, seen.size());
        counts.forEach((standing, count) -> count(view, html, standing, count));
        html.close("p");
    }

    private static void count(View view, Html html, Reading.@Nullable Standing standing, int count) {
        String word = standing == null ? null : standing.word();
        boolean isChosen = view.link().text("standing").equals(word == null ? "" : word);
        Link link = Link.HOME.with("q", view.link().get("q")).with("standing", word);
        html.open("a", "href", link, "class", "count " + kind(word), "aria-current", isChosen ? "true" : null);
        html.element("b", Written.count(count))
                .text(" " + (word == null ? "in all" : word))
                .close("a");
    }

    private static String kind(@Nullable String word) {
        return word == null ? "all" : word.replace(' ', '-');
    }

    private static void table(Html html, List<WatchedRegistry> rows) {
        Table table = Table.begin(
                html, "Registries", "Registry", "State", "Active migration", "Progress#", "Left#", "Done#", "Read");
        for (WatchedRegistry each : rows) {
            Reading last = each.last();
            Reading.Standing standing = last == null ? Reading.Standing.UNREAD : last.standing();
            MigrationStatus active = last == null ? null : active(last);
            table.row().cell(() -> html.link(Link.registry(each.name()), each.name()));
            table.cell(() -> Page.tag(html, standing.word(), kind(standing.word())));
            table.cell(() -> note(html, last, active));
            table.cell(
                    active == null || active.progress().rowsEstimated() <= 0
                            ? "–"
                            : Written.percent(active.progress().share()));
            table.cell(
                    last == null
                            ? "–"
                            : Written.count(last.status().migrations().size() - last.count(State.DONE)));
            table.cell(last == null ? "–" : Written.count(last.count(State.DONE)));
            table.cell(() -> Written.timeOrNone(html, last == null ? null : last.at()));
            table.endRow();
        }
        table.end();
    }

    private static void note(Html html, @Nullable Reading last, @Nullable MigrationStatus active) {
        if (last != null && last.trouble() != null) {
            html.text(Written.cut(Written.capitalized(last.trouble()), 160));
        } else {
            html.text(active == null ? "–" : active.simpleName());
        }
    }

    /** {@return the migration of a registry that matters most, null if there is none} */
    static @Nullable MigrationStatus active(Reading reading) {
        return reading.status().migrations().stream()
                .filter(Reading::isActive)
                .min(Comparator.comparing(one -> one.state() != State.FAILED))
                .orElse(null);
    }
}
