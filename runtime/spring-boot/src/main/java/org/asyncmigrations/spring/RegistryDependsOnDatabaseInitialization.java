package org.asyncmigrations.spring;

import java.util.Set;
import org.asyncmigrations.MigrationRegistry;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Makes Spring create the registries after Flyway, Liquibase or scripts have set up the schema. */
final class RegistryDependsOnDatabaseInitialization extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {
    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(MigrationRegistry.class);
    }
}
