package org.asyncmigrations.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.MigrationEntry;

/**
 * A build's migrations, as listed in its catalogs.
 *
 * @param lines the migrations by version, including retired ones
 */
record Build(Map<Long, BuildLine> lines) {
    /**
     * Reads a build.
     *
     * @param paths the build's jars, wars or directories
     * @return all migrations that their catalogs list
     * @throws IllegalArgumentException if a path isn't a build or is damaged; the message is a sentence for people
     */
    static Build of(List<Path> paths) {
        Build build = new Build(new TreeMap<>());
        paths.forEach(path -> CatalogFinder.in(path).forEach(build::add));
        return build;
    }

    private void add(String place, String text) {
        List<String> all = text.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            // A last line without a line end was cut off.
            boolean isCut = i == all.size() - 1 && !text.endsWith("\n");
            BuildLine line = isCut ? null : BuildLine.parse(all.get(i)).orElse(null);
            if (line == null) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " of " + place + " is damaged; rebuild all of it");
            }
            lines.merge(line.version(), line, Build::better);
        }
    }

    private static BuildLine better(BuildLine one, BuildLine other) {
        if (!one.name().equals(other.name())) {
            throw new IllegalArgumentException("version " + MigrationEntry.written(one.version()) + " exists twice, as "
                    + one.name() + " and as " + other.name()
                    + "; if these are modules with different prefixes, check each module's jar with its"
                    + " --prefix");
        }
        return other.rank() > one.rank() ? other : one;
    }
}
