package org.asyncmigrations.processor.model;

import java.util.List;

/**
 * Whether a migration is outside of the order of versions, and which tables then keep it apart from others.
 *
 * @param declared whether it is independent
 * @param namesTables whether {@code writes} is present at all
 * @param writes the tables that it names
 * @param origin the place of {@code independent}
 */
public record Independence(boolean declared, boolean namesTables, List<Written> writes, Origin origin) {
    /** A migration in the order of versions. */
    public static final Independence NONE = new Independence(false, false, List.of(), Origin.BUILD);

    public Independence {
        writes = List.copyOf(writes);
    }
}
