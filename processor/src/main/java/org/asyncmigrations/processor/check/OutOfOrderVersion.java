package org.asyncmigrations.processor.check;

import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Version;

/** What comes below a released version would run in another order in production than in development. */
final class OutOfOrderVersion implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        build.readableJournal()
                .flatMap(journal -> journal.newest())
                .ifPresent(newest -> check(build, newest, findings));
    }

    private static void check(Build build, JournalLine newest, Findings findings) {
        Set<Long> taken =
                build.versioned().stream().map(m -> m.version().value()).collect(Collectors.toSet());
        Version free = newest.version();
        for (Migration migration : build.unreleased()) {
            long version = migration.version().value();
            if (version > 0 && version < newest.version().value()) {
                free = free.next();
                while (taken.contains(free.value())) {
                    free = free.next();
                }
                add(migration, newest, free, findings);
            }
        }
    }

    private static void add(Migration migration, JournalLine newest, Version free, Findings findings) {
        findings.add(
                free.isTimestamp() ? Message.OUT_OF_ORDER_VERSION : Message.OUT_OF_ORDER_NUMBER,
                migration.version().origin(),
                migration.version().literal(),
                migration.simpleName(),
                newest.version().literal(),
                Quoted.of(newest.release()),
                free.literal());
    }
}
