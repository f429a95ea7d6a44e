package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * An {@code @AsyncMigration} or {@code @AfterRelease} annotation.
 *
 * @param description the description, empty for none
 * @param after the migrations that must be done before; unresolved classes are left out
 * @param transactional whether the work is one transaction
 * @param transactionalOrigin its place
 * @param schema the version of the schema that it waits for
 * @param startRule what else it waits for before it begins
 * @param independence whether it is outside of the order of versions
 */
public record Declaration(
        Phase phase,
        Version version,
        String description,
        List<Dependency> after,
        boolean transactional,
        Origin transactionalOrigin,
        Optional<Written> schema,
        StartRule startRule,
        Independence independence,
        Origin origin) {
    /**
     * A class in {@code after}.
     *
     * @param name its full name
     * @param version its version, absent if the class isn't a migration
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

    /** {@return when it may run, as in catalogs} */
    public RunPhase runPhase() {
        return new RunPhase(phase, independence.declared());
    }
}
