package org.asyncmigrations.processor.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Version;

/** Collects what the rules find, and drops the warnings that are suppressed. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    private final Instant now = Instant.now();

    /** By class. A class file has no {@code @SuppressWarnings}; of these classes the index remembers the names. */
    private final Map<String, Set<String>> suppressed;

    Findings(List<Migration> migrations) {
        suppressed = migrations.stream().collect(Collectors.toMap(Migration::name, Migration::suppressed, (a, b) -> a));
    }

    void add(Message message, Origin origin, Object... arguments) {
        // A second apart, so that no two findings propose the same version.
        Finding finding = new Finding(message, message.text(now.plusSeconds(found.size()), arguments), origin);
        boolean indexed = suppressed.getOrDefault(origin.owner(), Set.of()).contains(message.findingName());
        if (finding.isError() || !indexed && !finding.isSuppressed()) {
            found.add(finding);
        }
    }

    /** About a version, which the message names first. */
    void add(Message message, Version version, Object... more) {
        add(
                message,
                version.origin(),
                Stream.concat(Stream.of(version.literal()), Stream.of(more)).toArray());
    }

    /** By class; within a class first what is outside of the body, in the order of the rules, then by place. */
    List<Finding> sorted() {
        return found.stream()
                .sorted(Comparator.<Finding, String>comparing(
                                finding -> finding.origin().owner())
                        .thenComparing(finding -> finding.origin().position()))
                .toList();
    }
}
