package org.asyncmigrations.console;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.operator.Answer;
import org.asyncmigrations.operator.Orders;

/**
 * An order that a form has sent.
 *
 * @param order the order
 * @param version the migration
 * @param reason why
 * @param form all fields of the form
 */
record GivenOrder(Order order, long version, String reason, Map<String, String> form) {
    /** The length of the column for the name in the events table. */
    private static final int MOST_NAME = 120;

    private static final int HUNDRED = 100;

    static GivenOrder of(Order order, long version, Map<String, String> form) {
        return new GivenOrder(order, version, form.getOrDefault("reason", "").strip(), form);
    }

    /**
     * Gives the order.
     *
     * @param registry the registry
     * @param principal who gives it
     * @return the result
     * @throws IllegalArgumentException if the reason or a number is invalid; the message says which
     */
    Answer give(WatchedRegistry registry, String principal) {
        if (reason.isEmpty() || reason.length() > OrderForms.MOST_REASON) {
            throw new IllegalArgumentException(
                    "an order needs a reason of 1 to " + OrderForms.MOST_REASON + " characters");
        }
        Orders orders = registry.operator().as(Written.cut(principal.strip(), MOST_NAME));
        Answer answer = switch (order) {
            case APPROVE -> orders.approve(version, reason);
            case RESUME -> orders.resume(version, reason);
            case RETRY -> orders.retry(version, reason);
            case RUN_NOW -> orders.runNow(version, reason);
            case TUNE -> orders.tune(version, tuning(), reason);
            case PAUSE -> orders.pause(version, reason);
            case ACCEPT_REJECTS -> orders.acceptRejects(version, reason);
            case OPEN_GATE -> orders.openGate(version, reason, form.containsKey("force"));
            case SKIP -> orders.skip(version, reason);
        };
        registry.forget();
        return answer;
    }

    private Tuning tuning() {
        if (form.containsKey("reset")) {
            return Tuning.none();
        }
        Tuning.Values[] tuning = {Tuning.none()};
        number("workers", most -> tuning[0] = tuning[0].workers(Math.toIntExact(Math.min(most, Integer.MAX_VALUE))));
        number("load", percent -> tuning[0] = tuning[0].load((double) percent / HUNDRED));
        number("batchTime", millis -> tuning[0] = tuning[0].targetBatchTime(Duration.ofMillis(millis)));
        number("batchSize", most -> tuning[0] = tuning[0].batchSize(most));
        if (tuning[0].isNone()) {
            throw new IllegalArgumentException("a change of speed needs at least one number");
        }
        return tuning[0];
    }

    private void number(String name, Consumer<Long> use) {
        String digits = form.getOrDefault(name, "").strip();
        if (!digits.isEmpty()) {
            if (!digits.matches("\\d{1,9}")) {
                throw new IllegalArgumentException(name + " must be a whole number of at most 9 digits");
            }
            use.accept(Long.parseLong(digits));
        }
    }
}
