package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What the annotations of a migration say that it does to the schema.
 *
 * @param permission why it may change the schema, if it says so
 * @param retired the columns that it takes away
 */
public record Content(Optional<Permission> permission, List<RetiredColumn> retired) {
    /**
     * A {@code @ChangesSchema} annotation.
     *
     * @param because the reason in words
     * @param origin where they are
     */
    public record Permission(String because, Origin origin) {}

    public Content {
        retired = List.copyOf(retired);
    }
}
