package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What the annotations of a migration say about changes of the schema.
 *
 * @param permission the reason in {@code @ChangesSchema}, if it has that annotation
 * @param retired the columns that it retires
 */
public record Content(Optional<Written> permission, List<RetiredColumn> retired) {
    public Content {
        retired = List.copyOf(retired);
    }
}
