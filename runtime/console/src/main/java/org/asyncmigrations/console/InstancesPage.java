package org.asyncmigrations.console;

import java.util.List;
import java.util.Objects;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;

/** The running instances, and which gates wait for which. Stateless. */
final class InstancesPage {
    private static final int MOST = 200;

    private InstancesPage() {}

    static String write(View view) {
        Reading reading = view.here().look();
        Page page = Page.begin(view, "Instances and gates");
        page.html().element("h1", "Instances and gates");
        if (reading.trouble() != null) {
            MigrationsPage.trouble(page, reading.trouble());
            return page.end();
        }
        List<InstanceStatus> instances = view.here().operator().instances();
        Html html = page.html();
        html.open("div", "id", "instances", "data-live", "").element("h2", "Instances");
        if (instances.isEmpty()) {
            page.teach(
                    "No instance is known",
                    "An instance of the application registers when it starts, and sends heartbeats while it runs. Until"
                            + " one does, nothing works on migrations.");
        } else {
            builds(html, instances);
            instances(html, instances);
        }
        html.close("div");
        gates(view, page, reading);
        return page.end();
    }

    private static void builds(Html html, List<InstanceStatus> instances) {
        long live = instances.stream().filter(InstanceStatus::live).count();
        long builds = instances.stream()
                .filter(InstanceStatus::live)
                .map(InstanceStatus::build)
                .distinct()
                .count();
        html.open("p", "class", "note").text(Written.counted(live, "live instance", "live instances"));
        html.text(", " + Written.counted(builds, "build", "builds"));
        html.text(builds > 1 ? ". After-release migrations wait until the older one is gone." : ".")
                .close("p");
    }

    private static void instances(Html html, List<InstanceStatus> instances) {
        Table table = Table.begin(
                html, "Instances", "Instance", "State", "Application", "Release", "Build", "Started", "Last heartbeat");
        for (InstanceStatus each : instances.subList(0, Math.min(MOST, instances.size()))) {
            boolean isLeaving = each.leavingAt() != null;
            table.row(each.live() ? null : "gone").cell(() -> {
                html.element("span", each.host().isEmpty() ? each.id() : each.host());
                html.element("span", each.id(), "class", "id");
            });
            String word = each.live() ? "live" : isLeaving ? "closed" : "silent";
            table.cell(() -> Page.tag(html, word, word));
            table.cell(each.application().isEmpty() ? "–" : each.application());
            table.cell(each.release().isEmpty() ? "–" : each.release());
            table.cell(() ->
                    html.element("span", Written.cut(each.build(), 13), "class", "version", "title", each.build()));
            table.cell(() -> Written.time(html, each.startedAt()));
            table.cell(() -> Written.time(html, Objects.requireNonNullElse(each.leavingAt(), each.seenAt())));
            table.endRow();
        }
        table.end();
    }

    private static void gates(View view, Page page, Reading reading) {
        Html html = page.html();
        List<MigrationStatus> gated = reading.status().migrations().stream()
                .filter(one -> one.phase() == Phase.AFTER_RELEASE && one.state() != State.DONE)
                .limit(MOST)
                .toList();
        html.open("div", "id", "gates", "data-live", "").element("h2", "Gates");
        if (gated.isEmpty()) {
            page.teach(
                    "No gate is waiting",
                    "Each migration annotated @AfterRelease waits for its gate until every live instance has its code."
                            + " Those that still wait are shown here.");
        } else {
            Table table = Table.begin(html, "Gates", "Migration", "Version", "Gate", "Opened", "Waits for");
            for (MigrationStatus one : gated) {
                boolean isOpen = one.now().gateOpenedAt() != null;
                table.row().cell(() -> html.link(view.to(one.version()), one.simpleName()));
                table.cell(() -> html.element("span", MigrationEntry.written(one.version()), "class", "version"));
                table.cell(() -> Page.tag(html, isOpen ? "open" : "closed", isOpen ? "open" : "shut"));
                table.cell(() -> Written.timeOrNone(html, one.now().gateOpenedAt()));
                String why = Written.whyShort(one);
                table.cell(() -> Written.sentence(html, why == null ? "–" : why));
                table.endRow();
            }
            table.end();
        }
        html.close("div");
    }
}
