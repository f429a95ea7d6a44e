package org.asyncmigrations.state;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What builds contain, read once for each: it never changes, since a build's name is the hash of it. Thread-safe. */
public final class BuildContents {
    private volatile Map<String, Content> known = Map.of();

    /**
     * What a build contains.
     *
     * @param versions its migrations
     * @param all these, and those that it has dropped
     */
    record Content(Set<Long> versions, Set<Long> all) {
        /** A build whose row was deleted: nobody knows, and so gates stay closed. */
        static final Content NONE = new Content(Set.of(), Set.of());
    }

    /** Nothing is known yet. */
    public BuildContents() {}

    /** {@return the content of builds, those without a row left out; what others contain is forgotten} */
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
