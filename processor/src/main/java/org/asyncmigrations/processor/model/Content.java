package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What the annotations of a migration say that it does to the schema.
 *
 * @param permission the reason of {@code @ChangesSchema}, if it has that annotation
 * @param retired the columns that it takes away
 */
public record Content(Optional<Written> permission, List<RetiredColumn> retired) {
    public Content {
        retired = List.copyOf(retired);
    }
}
