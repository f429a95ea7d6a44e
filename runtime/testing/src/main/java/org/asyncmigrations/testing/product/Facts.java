package org.asyncmigrations.testing.product;

import java.util.List;

/** The list of all facts. Stateless and thread-safe. */
final class Facts {
    private Facts() {}

    /**
     * Facts about one subject.
     *
     * @param name the subject
     * @param facts the facts
     */
    record Group(String name, List<Fact> facts) {}

    /** {@return all facts for a product} */
    static List<Group> of(ProductWords words) {
        return List.of(
                new Group("clock", ClockFacts.all()),
                new Group("state tables", StateTableFacts.all()),
                new Group("limits", LimitFacts.all()),
                new Group("sessions", SessionFacts.all()),
                new Group("transactions", TransactionFacts.all()),
                new Group("errors", ErrorFacts.all()),
                new Group("locks", LockFacts.all()),
                new Group("keys", KeyFacts.all(words)),
                new Group("writing back", WriteFacts.all(words)),
                new Group("plans and indexes", PlanFacts.all()));
    }
}
