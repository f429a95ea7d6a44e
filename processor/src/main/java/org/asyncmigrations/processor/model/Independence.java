package org.asyncmigrations.processor.model;

import java.util.List;

/**
 * Whether a migration stands outside of the order of versions, and what keeps it apart from others then.
 *
 * @param declared whether it is independent
 * @param namesTables whether {@code writes} is there at all
 * @param writes the tables that it names
 * @param origin where {@code independent} is said
 */
public record Independence(boolean declared, boolean namesTables, List<Written> writes, Origin origin) {
    /** In the order of versions. */
    public static final Independence NONE = new Independence(false, false, List.of(), Origin.BUILD);

    public Independence {
        writes = List.copyOf(writes);
    }
}
