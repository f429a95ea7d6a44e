package org.asyncmigrations.release;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names of instances in messages. Stateless and thread-safe. */
final class Names {
    /** The most names in a message, to keep a status line short. */
    private static final int MOST = 5;

    private Names() {}

    /** An instance with its own name and its host's. */
    record Named(String instance, String host) {
        /** The host and the process, without the random number. */
        private String process() {
            int random = instance.lastIndexOf(':');
            int process = random < 0 ? -1 : instance.lastIndexOf(':', random - 1);
            return process < 0 ? instance : host + instance.substring(process, random);
        }
    }

    /** {@return their hosts, with the process if several share one} */
    static String of(List<Named> instances) {
        return of(instances, instances);
    }

    /**
     * @param instances the instances to name
     * @param all these and others; names must tell all of them apart
     */
    static String of(List<Named> instances, List<Named> all) {
        Map<String, Long> each = all.stream().collect(Collectors.groupingBy(Named::host, Collectors.counting()));
        Function<Named, String> name = one -> {
            Long there = each.get(one.host());
            return one.host().isEmpty() ? one.instance() : there != null && there > 1 ? one.process() : one.host();
        };
        String names = instances.stream().limit(MOST).map(name).collect(Collectors.joining(", "));
        int others = instances.size() - MOST;
        return others > 0 ? names + " and " + others + " more" : names;
    }
}
