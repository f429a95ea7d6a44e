package org.asyncmigrations.console;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.operator.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests. Thread-safe. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    /** The longest query that is read; the console's own are shorter. */
    private static final int MOST_QUERY = 4_096;

    private final Watch watch;
    private final Authorizer authorizer;
    private final Set<String> origins;
    private final InstantSource clock;
    private final OrderLimit limit;

    Answers(Watch watch, Authorizer authorizer, Set<String> origins, InstantSource clock) {
        this.watch = watch;
        this.authorizer = authorizer;
        this.origins = origins;
        this.clock = clock;
        this.limit = new OrderLimit(clock);
    }

    ConsoleResponse answer(ConsoleRequest request) {
        if (!request.isRead() && !request.method().equals("POST")) {
            return ConsoleResponse.text(405, "only GET, HEAD and POST are supported")
                    .with("Allow", "GET, HEAD, POST");
        }
        if (request.query() != null && request.query().length() > MOST_QUERY) {
            return ConsoleResponse.text(414, "the address is too long");
        }
        Link link = Link.of(request.query());
        if (!request.isRead() && !CrossSite.isOurs(request, origins)) {
            return ConsoleResponse.text(
                    403,
                    "this order comes from another site's page; behind a proxy that changes Host, add the origin to the"
                            + " console's origins");
        }
        Optional<Asset> asset = Asset.of(link.text("asset"));
        return asset.isPresent() ? asset.get().response() : page(request, link.with("format", null));
    }

    private ConsoleResponse page(ConsoleRequest request, Link link) {
        View nowhere = new View(request, link, null, false, authorizer, clock.instant());
        try {
            String name = link.text("registry");
            boolean isNamed = !name.isEmpty();
            List<WatchedRegistry> found = (isNamed ? Stream.ofNullable(watch.of(name)) : watch.all())
                    .filter(each -> authorizer.sees(request.principal(), each.name()))
                    .toList();
            if (found.isEmpty() && isNamed) {
                return missing(nowhere, "There is no registry with this name.");
            }
            if (found.size() != 1) {
                return request.isRead()
                        ? registries(nowhere, found)
                        : missing(nowhere, "An order must name a registry.");
            }
            return entered(new View(request, link, found.get(0), !isNamed, authorizer, clock.instant()));

        } catch (MigrationException unreadable) {
            return trouble(nowhere, 503, String.valueOf(unreadable.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.warn("a page of the console could not be written", unexpected);
            return trouble(nowhere, 500, "an unexpected error; see the log");
        }
    }

    private ConsoleResponse registries(View view, List<WatchedRegistry> seen) {
        watch.list();
        return view.request().wantsJson()
                ? ConsoleResponse.json(200, Data.registries(RegistriesPage.found(seen.stream(), view.link())))
                : ConsoleResponse.html(200, RegistriesPage.write(view, seen));
    }

    private ConsoleResponse entered(View view) {
        if (!view.here().enter()) {
            return trouble(
                            view,
                            503,
                            "several other requests are reading it, and its database is slow; try again in a moment")
                    .with("Retry-After", "5");
        }
        try {
            return registry(view);
        } finally {
            view.here().leave();
        }
    }

    private ConsoleResponse registry(View view) {
        String page = view.link().text("view");
        boolean isJson = view.request().wantsJson();
        if (view.request().isRead()) {
            switch (page) {
                case "instances":
                    return isJson
                            ? ConsoleResponse.json(200, Data.instances(view))
                            : ConsoleResponse.html(200, InstancesPage.write(view));
                case "events":
                    return isJson
                            ? ConsoleResponse.json(200, Data.events(view))
                            : ConsoleResponse.html(200, EventsPage.write(view));
                case "":
                    break;
                default:
                    return missing(view, "This page does not exist.");
            }
        }
        if (view.link().get("migration") != null) {
            return migration(view);
        }
        if (!view.request().isRead()) {
            return missing(view, "An order must name a migration.");
        }
        return isJson
                ? ConsoleResponse.json(200, Data.migrations(view))
                : ConsoleResponse.html(200, MigrationsPage.write(view));
    }

    private ConsoleResponse migration(View view) {
        Reading reading = view.here().look();
        if (reading.trouble() != null) {
            return trouble(view, 503, reading.trouble());
        }
        MigrationStatus migration = reading.status().of(view.link().version());
        if (migration == null) {
            return missing(view, "There is no migration with this version.");
        }
        return view.request().isRead() ? shown(view, 200, migration, null) : ordered(view, migration);
    }

    private static ConsoleResponse shown(View view, int status, MigrationStatus migration, @Nullable String refusal) {
        return view.request().wantsJson()
                ? ConsoleResponse.json(status, Data.migration(view, migration))
                : ConsoleResponse.html(status, MigrationPage.write(view, migration, refusal));
    }

    private ConsoleResponse ordered(View view, MigrationStatus migration) {
        Optional<Order> order = Order.of(view.link().text("order"));
        if (order.isEmpty()) {
            return missing(view, "This order does not exist.");
        }
        if (!view.allows(order.get(), migration.version())) {
            return refused(view, 403, migration, "you may not give this order");
        }
        if (!limit.allows(view.request().principal())) {
            return refused(view, 429, migration, "too many orders in one minute");
        }
        try {
            Answer answer = GivenOrder.of(
                            order.get(), migration.version(), view.request().form())
                    .give(view.here(), view.request().principal());
            if (!answer.given()) {
                return refused(view, 409, migration, answer.why());
            }
        } catch (IllegalArgumentException wrong) {
            return refused(view, 400, migration, String.valueOf(wrong.getMessage()));
        }
        return view.request().wantsJson()
                ? ConsoleResponse.json(200, Data.answer(order.get(), true, null))
                : ConsoleResponse.seeOther(
                        view.to(migration.version()).with("given", order.get().word()));
    }

    private static ConsoleResponse refused(View view, int status, MigrationStatus migration, String why) {
        if (view.request().wantsJson()) {
            return ConsoleResponse.json(status, Data.answer(null, false, why));
        }
        // Read the state again: that it has changed may be why the order was refused.
        MigrationStatus now = view.here().look().status().of(migration.version());
        return shown(view, status, now == null ? migration : now, why);
    }

    private static ConsoleResponse missing(View view, String what) {
        return told(view, 404, "Not found", what);
    }

    private static ConsoleResponse trouble(View view, int status, String why) {
        return told(view, status, "Not readable now", Written.capitalized(why));
    }

    private static ConsoleResponse told(View view, int status, String title, String text) {
        if (view.request().wantsJson()) {
            return ConsoleResponse.json(status, Json.text(Map.of("error", text)));
        }
        Page page = Page.begin(view, title);
        page.html().element("h1", title);
        page.html().open("div", "id", "told", "data-live", "");
        page.callout("failed", text);
        page.html().close("div");
        return ConsoleResponse.html(status, page.end());
    }
}
