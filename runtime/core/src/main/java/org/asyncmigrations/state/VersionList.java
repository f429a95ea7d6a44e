package org.asyncmigrations.state;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Versions as a column holds them, with commas between. Stateless and thread-safe. */
public final class VersionList {
    private VersionList() {}

    /**
     * Reads versions.
     *
     * @param written what a column holds, null for none
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
     * @return what a column holds
     */
    public static String write(List<Long> versions) {
        return versions.stream().map(version -> Long.toString(version)).collect(Collectors.joining(","));
    }
}
