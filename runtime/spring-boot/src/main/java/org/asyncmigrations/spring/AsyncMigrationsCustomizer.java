package org.asyncmigrations.spring;

import org.asyncmigrations.dispatch.RegistryBuilder;

/**
 * A bean that says what properties cannot. Customizers are called in their order, behind the properties, once for each registry
 * that {@link SpringRegistries} builds.
 */
@FunctionalInterface
public interface AsyncMigrationsCustomizer {
    /**
     * Changes settings of a registry.
     *
     * @param builder the builder; not to be kept, and not to be built
     */
    void customize(RegistryBuilder<?> builder);
}
