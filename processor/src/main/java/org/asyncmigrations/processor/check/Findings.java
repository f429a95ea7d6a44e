package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;

/** Collects what the rules find, and drops the warnings that a class does not want. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    void add(Message message, Origin origin, Object... arguments) {
        found.add(Finding.of(message, origin, arguments));
    }

    void add(Message message, Migration migration, Origin origin, Object... arguments) {
        boolean unwanted =
                message.severity() == Severity.WARNING && migration.suppressed().contains(message.findingName());
        if (!unwanted) {
            add(message, origin, arguments);
        }
    }

    /** By class; within a class first what is said outside of the body, in the order of the rules, then by place. */
    List<Finding> sorted() {
        return found.stream()
                .sorted(Comparator.<Finding, String>comparing(
                                finding -> finding.origin().owner())
                        .thenComparing(finding -> finding.origin().position()))
                .toList();
    }
}
