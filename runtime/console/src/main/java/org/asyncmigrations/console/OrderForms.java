package org.asyncmigrations.console;

import java.util.List;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Tuning;
import org.jspecify.annotations.Nullable;

/** Forms for the orders that a migration's state and the user's rights allow, each with its effect. Stateless. */
final class OrderForms {
    /** As much as the table of events shows in full; nobody needs more. */
    static final int MOST_REASON = 500;

    private OrderForms() {}

    /**
     * Writes the forms.
     *
     * @param view the page
     * @param html where to write them
     * @param migration the migration
     * @param hasRejects whether it has rejects that nobody has accepted
     */
    static void write(View view, Html html, MigrationStatus migration, boolean hasRejects) {
        List<Order> allowed = Order.allowed(migration).stream()
                .filter(order -> order != Order.ACCEPT_REJECTS || hasRejects)
                .toList();
        List<Order> mine = allowed.stream()
                .filter(order -> view.allows(order, migration.version()))
                .toList();
        html.open("section", "id", "orders", "class", "orders", "data-live", "", "aria-labelledby", "orders-title");
        html.element("h2", "Orders", "id", "orders-title");
        if (mine.isEmpty()) {
            html.element("p", why(view, allowed.isEmpty()), "class", "note");
        }
        mine.forEach(order -> form(view, html, migration, order));
        html.close("section");
    }

    private static String why(View view, boolean isNoneAllowed) {
        if (isNoneAllowed) {
            return "It is done, so there are no orders to give.";
        }
        if (view.authorizer() == Authorizer.READ_ONLY) {
            return "This console is read-only. An authorizer decides who may give orders.";
        }
        return view.request().principal().isBlank()
                ? "Nobody is signed in, and each order needs a name."
                : "You may look, but not give orders.";
    }

    private static void form(View view, Html html, MigrationStatus migration, Order order) {
        String id = order.word();
        html.open("details", "id", "order-" + id, "class", isGrave(order) ? "order grave" : "order")
                .element("summary", order.title());
        html.open(
                "form", "method", "post", "action", view.to(migration.version()).with("order", id));
        view.request()
                .hidden()
                .forEach((name, value) -> html.open("input", "type", "hidden", "name", name, "value", value));
        html.element("p", order.effect(), "id", "effect-" + id);
        if (order == Order.TUNE) {
            tuning(html, migration.now().tuning().tuning());
        }
        html.open("label").text("Reason");
        html.open(
                        "textarea",
                        "name",
                        "reason",
                        "required",
                        "",
                        "rows",
                        2,
                        "maxlength",
                        MOST_REASON,
                        "aria-describedby",
                        "effect-" + id)
                .close("textarea")
                .close("label");
        if (order == Order.OPEN_GATE) {
            html.open("label", "class", "check").open("input", "type", "checkbox", "name", "force", "value", "true");
            html.text("even if instances of an older build are alive").close("label");
        }
        html.element("button", order.title()).close("form").close("details");
    }

    /** Whether the order can't be undone. */
    private static boolean isGrave(Order order) {
        return order == Order.SKIP || order == Order.OPEN_GATE || order == Order.ACCEPT_REJECTS;
    }

    private static void tuning(Html html, Tuning now) {
        html.open("div", "class", "fields");
        number(html, "Workers, all instances", "workers", now.workers(), 1_000, "unlimited");
        Double load = now.load();
        number(html, "Load, % of the time", "load", load == null ? null : Math.round(load * 100), 100, "100");
        number(
                html,
                "Batch time, ms",
                "batchTime",
                now.targetBatchTime() == null ? null : now.targetBatchTime().toMillis(),
                60_000,
                "as built");
        number(html, "Batch size, rows", "batchSize", now.batchSize(), 1_000_000, "as measured");
        html.close("div");
        if (!now.isNone()) {
            html.open("label", "class", "check").open("input", "type", "checkbox", "name", "reset", "value", "true");
            html.text("remove all tuning instead").close("label");
        }
    }

    private static void number(Html html, String label, String name, @Nullable Number now, int most, String otherwise) {
        html.open("label").text(label);
        html.open(
                        "input",
                        "type",
                        "number",
                        "name",
                        name,
                        "min",
                        1,
                        "max",
                        most,
                        "inputmode",
                        "numeric",
                        "placeholder",
                        now == null ? otherwise : now)
                .close("label");
    }
}
