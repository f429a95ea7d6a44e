package org.asyncmigrations.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows the state of the migrations as health details. By default, a failed migration doesn't change the status, because the
 * application still works; a property can set another status.
 *
 * @param beans the registries
 * @param failedStatus the status while a migration has failed
 */
record AsyncMigrationsHealthIndicator(RegistryBeans beans, String failedStatus) implements HealthIndicator {
    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            Map<String, Object> details = new TreeMap<>();
            boolean[] failed = {false};
            beans.all().forEach((name, registry) -> {
                List<MigrationStatus> all = registry.status().migrations();
                failed[0] |= all.stream().anyMatch(status -> status.state() == State.FAILED);
                details.put(name, details(all));
            });
            health.withDetails(details);
            return failed[0] ? health.status(failedStatus).build() : health.build();
        } catch (MigrationException unreadable) {
            return health.unknown()
                    .withDetail("error", String.valueOf(unreadable.getMessage()))
                    .build();
        }
    }

    /** {@return how many migrations are in each state, and each migration that isn't done} */
    private static Map<String, Object> details(List<MigrationStatus> all) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (State state : State.values()) {
            long number = all.stream().filter(status -> status.state() == state).count();
            if (number > 0) {
                details.put(state.word(), number);
            }
        }
        for (MigrationStatus status : all) {
            if (status.state() != State.DONE) {
                details.put(MigrationEntry.written(status.version()) + " " + status.simpleName(), words(status));
            }
        }
        return details;
    }

    private static String words(MigrationStatus status) {
        String why = status.state() == State.FAILED ? status.firstError() : status.waitsFor();
        return status.state().word() + (status.paused() ? ", paused" : "") + (why == null ? "" : ": " + why);
    }
}
