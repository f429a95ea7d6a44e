package org.asyncmigrations.state;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The contents of builds. Each is read only once: it never changes, since a build's name is the hash of its contents. Thread-safe. */
public final class BuildContents {
    private volatile Map<String, Content> known = Map.of();

    /**
     * The contents of a build.
     *
     * @param versions its migrations
     * @param all its migrations, and those that it has dropped
     */
    record Content(Set<Long> versions, Set<Long> all) {
        /** For a build whose row was deleted. Nobody knows its contents, so gates stay closed. */
        static final Content NONE = new Content(Set.of(), Set.of());
    }

    /** Knows nothing at first. */
    public BuildContents() {}

    /** {@return the contents of these builds, without builds that have no row; other builds are forgotten} */
    Map<String, Content> of(StateTransaction tx, Set<String> builds) {
        Map<String, Content> contents = new HashMap<>(known);
        contents.keySet().retainAll(builds);
        Set<String> missing =
                builds.stream().filter(build -> !contents.containsKey(build)).collect(toUnmodifiableSet());
        if (!missing.isEmpty()) {
            MigrationBuilds<?> b = tx.tables().builds();
            tx.dsl()
                    .select(b.BUILD, b.VERSIONS, b.RETIRED)
                    .from(b)
                    .where(b.BUILD.in(missing))
                    .forEach(row -> contents.put(row.value1(), content(row.value2(), row.value3())));
        }
        known = Map.copyOf(contents);
        return known;
    }

    private static Content content(String versions, String retired) {
        Set<Long> own = Set.copyOf(VersionList.read(versions));
        Set<Long> all =
                Stream.concat(own.stream(), VersionList.read(retired).stream()).collect(toUnmodifiableSet());
        return new Content(own, all);
    }
}
