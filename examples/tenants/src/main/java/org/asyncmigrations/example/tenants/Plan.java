package org.asyncmigrations.example.tenants;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.Mode;

/**
 * What a run of the job is to do.
 *
 * @param mode whether after-release migrations run
 * @param retry whether failed migrations are tried again
 * @param tenants whom to work on; empty for all
 * @param limits how much at a time
 */
record Plan(Mode mode, boolean retry, Set<String> tenants, Limits limits) {
    /**
     * How much at a time, whatever the number of tenants.
     *
     * @param tenants how many are worked on at once; each has one worker and {@link Tenant#CONNECTIONS} connections
     * @param turn how long a tenant that is not done keeps its place before the next one has it
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
