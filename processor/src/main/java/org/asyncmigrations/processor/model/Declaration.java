package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * An {@code @AsyncMigration} or {@code @AfterRelease} annotation.
 *
 * @param description the sentence for people, empty for none
 * @param after what must be done before; what could not be resolved is left out
 * @param transactional whether the work is one transaction
 * @param transactionalOrigin where that is said
 * @param schema the version of the schema that it waits for
 * @param beginning what else it waits for before it begins
 * @param independence whether it waits for those before it, and they for it
 */
public record Declaration(
        Phase phase,
        Version version,
        String description,
        List<Dependency> after,
        boolean transactional,
        Origin transactionalOrigin,
        Optional<Written> schema,
        Beginning beginning,
        Independence independence,
        Origin origin) {
    /**
     * A class that a migration comes after.
     *
     * @param name its full name
     * @param version its version, absent where it is no migration
     * @param independent whether it is an independent migration
     * @param origin the class in the annotation
     */
    public record Dependency(String name, Optional<Version> version, boolean independent, Origin origin) {
        /** {@return its name without package} */
        public String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    public Declaration {
        after = List.copyOf(after);
    }

    /** {@return when it may run, as catalogs say it} */
    public Turn turn() {
        return new Turn(phase, independence.declared());
    }
}
