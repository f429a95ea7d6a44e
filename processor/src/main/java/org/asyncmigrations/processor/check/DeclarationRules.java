package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Build.Stray;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Declaration.Dependency;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Version;

/** Rules about a migration's annotation, and the order that its {@code after} requires. */
final class DeclarationRules {
    private DeclarationRules() {}

    /** A migration runs in one phase. */
    static void twoPhases(Migration migration, Findings findings) {
        migration.secondPhase().ifPresent(origin -> findings.add(Message.TWO_PHASES, origin, migration.simpleName()));
    }

    /** Annotations for migrations have no effect on other classes. */
    static void strays(List<Stray> strays, Findings findings) {
        for (Stray stray : strays) {
            findings.add(Message.STRAY_ANNOTATION, stray.origin(), stray.simpleName(), stray.annotation());
        }
    }

    /** A migration can wait only for migrations that this registry runs. */
    static void notAMigration(Build build, Findings findings) {
        Set<Long> run = build.runVersions();
        for (Migration migration : build.migrations()) {
            for (Dependency dependency : migration.declaration().after()) {
                Optional<Version> version = dependency.version();
                boolean elsewhere = version.filter(v -> v.readable() && !run.contains(v.value()))
                        .isPresent();
                if (elsewhere || version.isEmpty()) {
                    Message message = elsewhere ? Message.DEPENDENCY_ELSEWHERE : Message.NOT_A_MIGRATION;
                    findings.add(message, dependency.origin(), dependency.simpleName(), migration.simpleName());
                }
            }
        }
    }

    /** {@code after} may not contradict the order of versions; this also rules out cycles. */
    static void notEarlier(Build build, Findings findings) {
        // If two have the same version, DuplicateVersion reports it.
        Set<String> run = Stream.concat(
                        build.versioned().stream().map(CatalogLine::of), build.modules().migrations().stream())
                .map(CatalogLine::className)
                .collect(Collectors.toSet());
        for (Migration migration : build.versioned()) {
            migration.declaration().after().forEach(dependency -> notEarlier(migration, dependency, run, findings));
        }
    }

    private static void notEarlier(Migration migration, Dependency dependency, Set<String> run, Findings findings) {
        if (dependency.name().equals(migration.name())) {
            findings.add(Message.DEPENDENCY_ON_ITSELF, dependency.origin(), migration.simpleName());
            return;
        }
        dependency
                .version()
                .filter(version -> version.readable()
                        && (version.value() > migration.version().value()
                                || version.value() == migration.version().value() && !run.contains(dependency.name())))
                .ifPresent(version -> findings.add(
                        Message.DEPENDENCY_NOT_EARLIER,
                        dependency.origin(),
                        dependency.simpleName(),
                        migration.simpleName(),
                        migration.version().literal(),
                        version.literal()));
    }

    /** No history has a version without a name, so such a migration would wait forever. */
    static void blankSchemaVersion(Migration migration, Findings findings) {
        migration
                .declaration()
                .schema()
                .filter(schema -> !schema.value().strip().equals(schema.value())
                        || schema.value().isEmpty())
                .ifPresent(
                        schema -> findings.add(Message.BLANK_SCHEMA_VERSION, schema.origin(), migration.simpleName()));
    }
}
