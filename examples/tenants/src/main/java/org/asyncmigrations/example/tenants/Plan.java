package org.asyncmigrations.example.tenants;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.Mode;

/**
 * What a run of the job does.
 *
 * @param mode whether after-release migrations run
 * @param retry whether failed migrations are retried
 * @param tenants the tenants to work on; empty for all
 * @param limits the limits of the run
 */
record Plan(Mode mode, boolean retry, Set<String> tenants, Limits limits) {
    /**
     * The limits of a run, whatever the number of tenants.
     *
     * @param tenants how many are worked on at the same time; each has one worker and {@link Tenant#CONNECTIONS} connections
     * @param turn how long a tenant that isn't done is worked on before the next one gets its place
     * @param time how long the whole run may take
     */
    record Limits(int tenants, Duration turn, Duration time) {
        static final Limits DEFAULT = new Limits(4, Duration.ofMinutes(5), Duration.ofHours(6));
    }

    /** {@return the plan for the arguments {@code [--retry] [tenant…]}} */
    static Plan of(Mode mode, String... arguments) {
        Set<String> tenants = Arrays.stream(arguments)
                .filter(argument -> !argument.equals("--retry"))
                .collect(Collectors.toUnmodifiableSet());
        return new Plan(mode, Arrays.asList(arguments).contains("--retry"), tenants, Limits.DEFAULT);
    }

    boolean names(Tenant tenant) {
        return tenants.isEmpty() || tenants.contains(tenant.name());
    }
}
