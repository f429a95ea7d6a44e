package org.asyncmigrations.processor.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A migration that may wait for others.
 *
 * @param independent whether it waits only for the migrations that it names
 * @param after the versions that it names, without those of included modules
 */
public record Follower(CatalogLine listed, boolean independent, Set<Long> after) {
    /** {@return the migrations that wait until this one is done, directly or through others, in the order of versions} */
    public static List<CatalogLine> of(Migration first, Build build) {
        List<CatalogLine> found = new ArrayList<>();
        Set<Long> awaited = new HashSet<>(Set.of(first.version().value()));
        boolean inOrder = !first.isIndependent();
        for (Follower next : all(build)) {
            if (next.listed.version() > first.version().value()
                    && (inOrder && !next.independent || next.after.stream().anyMatch(awaited::contains))) {
                found.add(next.listed);
                awaited.add(next.listed.version());
                inOrder |= !next.independent;
            }
        }
        return found;
    }

    private static List<Follower> all(Build build) {
        Stream<Follower> included = build.modules().migrations().stream()
                .map(listed -> new Follower(listed, build.modules().isIndependent(listed), Set.of()));
        return Stream.concat(build.versioned().stream().map(Follower::follower), included)
                .sorted((a, b) -> CatalogLine.ORDER.compare(a.listed, b.listed))
                .toList();
    }

    private static Follower follower(Migration migration) {
        Set<Long> after = migration.declaration().after().stream()
                .flatMap(dependency -> dependency.version().stream())
                .map(Version::value)
                .collect(Collectors.toSet());
        return new Follower(CatalogLine.of(migration), migration.isIndependent(), after);
    }
}
