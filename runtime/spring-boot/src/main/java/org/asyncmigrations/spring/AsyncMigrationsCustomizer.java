package org.asyncmigrations.spring;

import org.asyncmigrations.dispatch.RegistryBuilder;

/**
 * A bean for settings that have no property. Customizers are called in their order, after the properties have been applied, once
 * for each registry that {@link SpringRegistries} builds.
 */
@FunctionalInterface
public interface AsyncMigrationsCustomizer {
    /**
     * Changes settings of a registry.
     *
     * @param builder the builder; don't keep it, and don't call {@code build()}
     */
    void customize(RegistryBuilder<?> builder);
}
