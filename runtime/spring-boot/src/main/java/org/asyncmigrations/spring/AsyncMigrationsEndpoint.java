package org.asyncmigrations.spring;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Tuning;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationContext;

/** The endpoint {@code asyncmigrations}: shows the state of the migrations, and takes orders from those who may give them. */
@Endpoint(id = "asyncmigrations", defaultAccess = Access.READ_ONLY)
final class AsyncMigrationsEndpoint {
    private final ApplicationContext context;
    private final SpringRegistries registries;

    AsyncMigrationsEndpoint(ApplicationContext context, SpringRegistries registries) {
        this.context = context;
        this.registries = registries;
    }

    /** All contexts, in the same form as the endpoints of Flyway and Liquibase. */
    record All(Map<String, Context> contexts) {}

    /** One context. */
    record Context(
            Map<String, Registry> registries, @Nullable String parentId) {}

    /** One registry; it is listed under its bean's name. */
    record Registry(List<Migration> migrations) {}

    /** One migration. The members have the same names as in the JSON of the command line. */
    record Migration(
            long version,
            String name,
            String phase,
            String state,
            boolean paused,
            int attempts,
            long rowsDone,
            long keysWalked,
            long rowsEstimated,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant lastProgressAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant gateOpenedAt,
            List<String> owners,
            @Nullable Long keysPerSecond,
            @Nullable Long secondsLeft,
            @Nullable String tuning,
            @Nullable String error,
            @Nullable String waitsFor) {
        static Migration of(MigrationStatus status) {
            Duration left = status.now().pace().timeLeft();
            Tuning tuning = status.now().tuning().tuning();
            return new Migration(
                    status.version(),
                    status.name(),
                    status.phase().name().toLowerCase(Locale.ROOT),
                    status.state().word(),
                    status.paused(),
                    status.attempts(),
                    status.progress().rowsDone(),
                    status.progress().keysWalked(),
                    status.progress().rowsEstimated(),
                    status.progress().startedAt(),
                    status.progress().finishedAt(),
                    status.now().lastProgressAt(),
                    status.now().nextAttemptAt(),
                    status.now().gateOpenedAt(),
                    status.now().owners(),
                    status.now().pace().rate(),
                    left == null ? null : left.toSeconds(),
                    tuning.isNone() ? null : tuning.toString(),
                    status.error(),
                    status.waitsFor());
        }
    }

    /** The result of an order. */
    record Given(boolean given, String why) {}

    @ReadOperation
    All migrations() {
        Map<String, Context> contexts = new LinkedHashMap<>();
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            Map<String, Registry> found = new LinkedHashMap<>();
            new RegistryBeans(each)
                    .all()
                    .forEach((name, registry) -> found.put(
                            name,
                            new Registry(registry.status().migrations().stream()
                                    .map(Migration::of)
                                    .toList())));
            ApplicationContext parent = each.getParent();
            contexts.put(String.valueOf(each.getId()), new Context(found, parent == null ? null : parent.getId()));
        }
        return new All(contexts);
    }

    @ReadOperation
    @Nullable
    Migration migration(@Selector String version) {
        long number = number(version);
        return registries().values().stream()
                .flatMap(registry -> registry.status().migrations().stream())
                .filter(status -> status.version() == number)
                .findFirst()
                .map(Migration::of)
                .orElse(null);
    }

    @WriteOperation
    Given order(
            @Selector String version,
            Order order,
            String reason,
            @Nullable String tuning,
            @Nullable Boolean force,
            @Nullable String registry,
            SecurityContext security) {
        if (reason.isBlank()) {
            throw new InvalidEndpointRequestException("a blank reason", "An order has a reason.");
        }
        boolean forced = Boolean.TRUE.equals(force);
        if (forced && order != Order.OPEN_GATE) {
            throw new InvalidEndpointRequestException("force", "Only the order open-gate can be forced.");
        }
        long number = number(version);
        MigrationRegistry ordered = registryOf(number, registry);
        Principal principal = security.getPrincipal();
        String who = principal == null ? "actuator" : principal.getName();
        Order.Why why = new Order.Why(who, reason, order == Order.TUNE ? tuning(tuning) : Tuning.none(), forced);
        return order.give(ordered, registries.operator(ordered), number, why);
    }

    /** {@return the tuning in the form that the status shows, or none for {@code none}} */
    private static Tuning tuning(@Nullable String text) {
        Tuning tuning = Tuning.of(text);
        long understood = Stream.of(tuning.targetBatchTime(), tuning.workers(), tuning.load(), tuning.batchSize())
                .filter(Objects::nonNull)
                .count();
        if (!"none".equals(text) && (text == null || understood == 0 || understood != text.split("\\s+").length)) {
            throw new InvalidEndpointRequestException(
                    "no tuning",
                    "A tuning is written as targetBatchTime=PT0.05S workers=1 load=0.25 batchSize=1000, with the values"
                            + " to change, or as none, which removes all tuning; not as " + text + ".");
        }
        return tuning;
    }

    /** {@return the registries of this context and of its parents} */
    private Map<String, MigrationRegistry> registries() {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, MigrationRegistry.class);
    }

    /** {@return the registry with this version; the name decides if several have it} */
    private MigrationRegistry registryOf(long version, @Nullable String name) {
        Map<String, MigrationRegistry> found = new LinkedHashMap<>(registries());
        found.entrySet()
                .removeIf(each -> name != null && !name.equals(each.getKey())
                        || each.getValue().entries().stream().noneMatch(entry -> entry.version() == version));
        if (found.size() != 1) {
            throw new InvalidEndpointRequestException(
                    found.size() + " registries with the version",
                    "Migration " + MigrationEntry.written(version)
                            + (found.isEmpty()
                                    ? " is not in any registry of this application."
                                    : " is in several registries; name one of " + found.keySet() + "."));
        }
        return found.values().iterator().next();
    }

    /** {@return a version, written as in the log or as a plain number} */
    private static long number(String version) {
        try {
            return Long.parseLong(version.replace("_", ""));
        } catch (NumberFormatException none) {
            throw new InvalidEndpointRequestException(
                    "no version",
                    "A version is written as 20261128_090000 or as a number, not as " + version + ".",
                    none);
        }
    }
}
