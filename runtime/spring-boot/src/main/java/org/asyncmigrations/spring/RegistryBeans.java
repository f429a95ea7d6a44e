package org.asyncmigrations.spring;

import java.util.Map;
import org.asyncmigrations.MigrationRegistry;
import org.springframework.context.ApplicationContext;

/**
 * The registries of one context, without those of its parents.
 *
 * @param context the context
 */
record RegistryBeans(ApplicationContext context) {
    Map<String, MigrationRegistry> all() {
        return context.getBeansOfType(MigrationRegistry.class);
    }

    /** {@return all registries of the context; at least one, otherwise the start fails} */
    Map<String, MigrationRegistry> required() {
        Map<String, MigrationRegistry> all = all();
        if (all.isEmpty()) {
            throw new CannotStartException(
                    "There is no registry of async migrations, neither on the class path nor as a bean.",
                    "Put async-migrations-processor on the annotation processor path, and"
                            + " @AsyncMigrations(components = Components.SPRING) into the package-info.java of the migrations'"
                            + " package. Or declare a bean of type AsyncMigrationRegistry, or set"
                            + " async-migrations.enabled=false.",
                    null);
        }
        return all;
    }
}
