package org.asyncmigrations.console;

import java.util.List;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** The pages as JSON. Stateless. */
final class Data {
    private static final int MOST = 10_000;

    private Data() {}

    static String registries(List<WatchedRegistry> registries) {
        return Json.text(Json.object(
                "registries", registries.stream().map(Data::registry).toList()));
    }

    private static Object registry(WatchedRegistry registry) {
        Reading last = registry.last();
        return last == null
                ? Json.object("name", registry.name(), "standing", Reading.Standing.UNREAD.word())
                : Json.object(
                        "name", registry.name(),
                        "standing", last.standing().word(),
                        "left", last.status().migrations().size() - last.count(State.DONE),
                        "done", last.count(State.DONE),
                        "readAt", last.at(),
                        "trouble", last.trouble());
    }

    static String migrations(View view) {
        Reading reading = view.here().look();
        return Json.text(Json.object(
                "registry", view.here().name(),
                "standing", reading.standing().word(),
                "readAt", reading.at(),
                "trouble", reading.trouble(),
                "migrations",
                        reading.status().migrations().stream().map(Facts::of).toList()));
    }

    static String migration(View view, MigrationStatus migration) {
        var operator = view.here().operator();
        long version = migration.version();
        return Json.text(Json.object(
                "registry", view.here().name(),
                "migration", Facts.of(migration),
                "orders",
                        Order.allowed(migration).stream()
                                .filter(order -> view.allows(order, version))
                                .map(Data::order)
                                .toList(),
                "ranges",
                        operator.ranges(version).stream()
                                .limit(MOST)
                                .map(Facts::of)
                                .toList(),
                "rejects",
                        operator.rejects(version).stream()
                                .limit(MOST)
                                .map(Facts::of)
                                .toList(),
                "events",
                        view.events(EventQuery.latest(EventsPage.PAGE).of(version)).stream()
                                .map(Facts::of)
                                .toList(),
                "samples",
                        view.here().samples(version).stream().map(Data::sample).toList()));
    }

    private static Object order(Order order) {
        return Json.object("order", order.word(), "effect", order.effect());
    }

    private static Object sample(Sample sample) {
        return Json.object(
                "at",
                sample.at(),
                "keysPerSecond",
                sample.rate(),
                "batchKeys",
                sample.batchSize(),
                "rests",
                sample.rests());
    }

    static String instances(View view) {
        return Json.text(Json.object(
                "registry", view.here().name(),
                "instances",
                        view.here().operator().instances().stream()
                                .map(Facts::of)
                                .toList()));
    }

    static String events(View view) {
        return Json.text(Json.object(
                "registry", view.here().name(),
                "events",
                        EventsPage.read(view).stream()
                                .limit(EventsPage.PAGE)
                                .map(Facts::of)
                                .toList()));
    }

    static String answer(@Nullable Order order, boolean given, @Nullable String why) {
        return Json.text(Json.object("order", order == null ? null : order.word(), "given", given, "why", why));
    }
}
