package org.asyncmigrations.release;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Instances as messages name them. Without state, and so safe for threads. */
final class Names {
    /** More than these say no more, and a status line ends. */
    private static final int MOST = 5;

    private Names() {}

    /** An instance with the two names that it has. */
    record Named(String instance, String host) {
        /** The host, the process and no random number. */
        private String process() {
            int random = instance.lastIndexOf(':');
            int process = random < 0 ? -1 : instance.lastIndexOf(':', random - 1);
            return process < 0 ? instance : host + instance.substring(process, random);
        }
    }

    /** {@return their hosts; the process too of those that share one} */
    static String of(List<Named> instances) {
        return of(instances, instances);
    }

    /**
     * @param instances those that are to be named
     * @param all these and others, from which they are to be told
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
