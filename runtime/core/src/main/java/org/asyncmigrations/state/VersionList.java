package org.asyncmigrations.state;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Versions as a column stores them, separated by commas. Stateless and thread-safe. */
public final class VersionList {
    private VersionList() {}

    /**
     * Reads versions.
     *
     * @param written the column's value, null for none
     * @return the versions
     */
    public static List<Long> read(@Nullable String written) {
        return written == null || written.isEmpty()
                ? List.of()
                : Arrays.stream(written.split(",")).map(Long::valueOf).toList();
    }

    /**
     * Writes versions.
     *
     * @param versions the versions
     * @return the column's value
     */
    public static String write(List<Long> versions) {
        return versions.stream().map(version -> Long.toString(version)).collect(Collectors.joining(","));
    }
}
