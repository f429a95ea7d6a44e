package org.asyncmigrations.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationEvent.Kind;

/** The events, the newest first. Stateless. */
final class EventsPage {
    static final int PAGE = 100;

    /**
     * Each page reads all newer events too, because the operator can only read the latest ones. Up to this page, that is fast.
     */
    static final int MOST_PAGES = 20;

    /** How much of a detail is shown at first; it may be a whole error. */
    private static final int SHORT = 240;

    private EventsPage() {}

    /** {@return a page of events, the newest first, and one more if there is another page} */
    static List<MigrationEvent> read(View view) {
        int number = view.link().number("page", MOST_PAGES - 1);
        EventQuery query = EventQuery.latest((number + 1) * PAGE + 1);
        List<MigrationEvent> events = new ArrayList<>(view.events(
                view.link().version() == 0 ? query : query.of(view.link().version())));
        Collections.reverse(events);
        return events.stream().skip((long) number * PAGE).toList();
    }

    static String write(View view) {
        Reading reading = view.here().look();
        Page page = Page.begin(view, "Events");
        Html html = page.html();
        long version = view.link().version();
        html.open("div", "class", "head")
                .element("h1", version == 0 ? "Events" : "Events of " + MigrationEntry.written(version));
        if (version != 0) {
            html.link(view.to("events"), "All events");
        }
        html.close("div");
        if (reading.trouble() != null) {
            MigrationsPage.trouble(page, reading.trouble());
            return page.end();
        }
        List<MigrationEvent> events = read(view);
        html.open("div", "id", "events", "data-live", "");
        if (events.isEmpty()) {
            page.teach(
                    "Nothing has happened yet",
                    "Registrations, attempts, orders, gates and failures are recorded here.");
        } else {
            int number = view.link().number("page", MOST_PAGES - 1);
            table(view, html, events.stream().limit(PAGE).toList(), version == 0);
            page.pager(number, events.size() > PAGE && number < MOST_PAGES - 1, "Newer", "Older");
            if (events.size() > PAGE && number == MOST_PAGES - 1) {
                html.element(
                        "p",
                        "Older ones are in the events table; async-migrations events --since shows them.",
                        "class",
                        "note");
            }
        }
        html.close("div");
        return page.end();
    }

    /** Writes the events as a table, with the version if they belong to several migrations. */
    static void table(View view, Html html, List<MigrationEvent> events, boolean isOfSeveral) {
        Table table = isOfSeveral
                ? Table.begin(html, "Events", "Time", "Event", "Migration", "Who", "Why")
                : Table.begin(html, "Events", "Time", "Event", "Who", "Why");
        for (MigrationEvent event : events) {
            table.row().cell(() -> Written.time(html, event.at()));
            table.cell(() -> Page.tag(html, event.event(), kind(event.kind())));
            if (isOfSeveral) {
                table.cell(() -> version(view, html, event.version()));
            }
            table.cell(() -> html.element("span", event.who(), "class", "id"));
            table.cell(() -> detail(html, event.detail() == null ? "" : event.detail(), event.id()));
            table.endRow();
        }
        table.end();
    }

    private static void version(View view, Html html, long version) {
        if (version == 0) {
            html.text("all");
        } else {
            html.link(view.to(version), MigrationEntry.written(version), "class", "version");
        }
    }

    private static void detail(Html html, String detail, String id) {
        String first = detail.lines().findFirst().orElse("");
        if (first.length() <= SHORT && detail.strip().length() == first.strip().length()) {
            Written.sentence(html, first);
        } else {
            html.open("details", "id", "event-" + id).element("summary", Written.cut(first, SHORT));
            html.open("pre", "tabindex", "0").text(detail).close("pre").close("details");
        }
    }

    private static String kind(Kind kind) {
        return switch (kind) {
            case FAILED, ATTEMPT_FAILED, REJECTED, REFUSED, TOO_OLD, CLAIM_LOST -> "failed";
            case DONE, REJECT_MENDED -> "done";
            case PAUSED, GATE_CLOSED -> "paused";
            case STARTED, READY, RESUMED, RETRIED, RUN_NOW, APPROVED, GATE_OPENED, TUNED, SKIPPED, REJECTS_ACCEPTED ->
                "processing";
            default -> "created";
        };
    }
}
