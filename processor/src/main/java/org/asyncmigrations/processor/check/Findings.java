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

/** Collects the findings of the rules, without suppressed warnings. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    private final Instant now = Instant.now();

    /**
     * The suppressed warnings by class. A class file has no {@code @SuppressWarnings}, so the index remembers the names for such
     * classes.
     */
    private final Map<String, Set<String>> suppressed;

    Findings(List<Migration> migrations) {
        suppressed = migrations.stream().collect(Collectors.toMap(Migration::name, Migration::suppressed, (a, b) -> a));
    }

    void add(Message message, Origin origin, Object... arguments) {
        // A second apart, so that no two findings suggest the same version.
        Finding finding = new Finding(message, message.text(now.plusSeconds(found.size()), arguments), origin);
        boolean indexed = suppressed.getOrDefault(origin.owner(), Set.of()).contains(message.findingName());
        if (finding.isError() || !indexed && !finding.isSuppressed()) {
            found.add(finding);
        }
    }

    /** Adds a finding about a version, which the message names first. */
    void add(Message message, Version version, Object... more) {
        add(
                message,
                version.origin(),
                Stream.concat(Stream.of(version.literal()), Stream.of(more)).toArray());
    }

    /**
     * {@return the findings by class; within a class first those outside of bodies, in the order of the rules, then by position}
     */
    List<Finding> sorted() {
        return found.stream()
                .sorted(Comparator.<Finding, String>comparing(
                                finding -> finding.origin().owner())
                        .thenComparing(finding -> finding.origin().position()))
                .toList();
    }
}
