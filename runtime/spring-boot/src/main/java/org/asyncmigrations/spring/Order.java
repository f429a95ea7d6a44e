package org.asyncmigrations.spring;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.operator.Answer;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.operator.Orders;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** The orders that the endpoint takes. */
enum Order {
    PAUSE,
    RESUME,
    APPROVE,
    TUNE,
    RETRY,
    SKIP,
    ACCEPT_REJECTS,
    RUN_NOW,
    OPEN_GATE;

    /** {@return the order that a request names, such as {@code accept-rejects}} */
    static Order of(@Nullable String written) {
        return Stream.of(values())
                .filter(order -> written != null && order.written().equalsIgnoreCase(written.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new InvalidEndpointRequestException(
                        "no order",
                        "An order is one of "
                                + Stream.of(values()).map(Order::written).collect(Collectors.joining(", ")) + "; not "
                                + written + "."));
    }

    private String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The length of the column for the name in the events table. */
    private static final int NAME_LENGTH = 120;

    /**
     * Who gives an order, and why.
     *
     * @param who the principal
     * @param reason a sentence
     * @param tuning what {@link #TUNE} changes
     * @param force whether {@link #OPEN_GATE} opens the gate although older instances are alive
     */
    record Why(String who, String reason, Tuning tuning, boolean force) {}

    /**
     * Gives the order in the principal's name, through the operator. If there is none, because the application built the registry
     * itself, through the migration's handle.
     */
    AsyncMigrationsEndpoint.Given give(MigrationRegistry registry, @Nullable Operator operator, long version, Why why) {
        Answer answer = operator == null
                ? give(registry.migration(version), why.reason() + " (" + why.who() + ")", why.tuning())
                : give(operator.as(why.who().substring(0, Math.min(why.who().length(), NAME_LENGTH))), version, why);
        return new AsyncMigrationsEndpoint.Given(answer.given(), answer.why());
    }

    private Answer give(Orders orders, long version, Why why) {
        String reason = why.reason();
        return switch (this) {
            case PAUSE -> orders.pause(version, reason);
            case RESUME -> orders.resume(version, reason);
            case APPROVE -> orders.approve(version, reason);
            case TUNE -> orders.tune(version, why.tuning(), reason);
            case RETRY -> orders.retry(version, reason);
            case SKIP -> orders.skip(version, reason);
            case ACCEPT_REJECTS -> orders.acceptRejects(version, reason);
            case RUN_NOW -> orders.runNow(version, reason);
            case OPEN_GATE -> orders.openGate(version, reason, why.force());
        };
    }

    private Answer give(MigrationHandle handle, String reason, Tuning tuning) {
        boolean given = switch (this) {
            case PAUSE -> handle.pause(reason);
            case RESUME -> handle.resume(reason);
            case APPROVE -> handle.approve(reason);
            case TUNE -> handle.tune(tuning, reason);
            case RETRY -> handle.retry(reason);
            case SKIP -> handle.skip(reason);
            case ACCEPT_REJECTS -> handle.acceptRejects(reason);
            case RUN_NOW, OPEN_GATE -> false;
        };
        return new Answer(given, given ? "" : "its state does not allow that, or this registry does not");
    }
}
