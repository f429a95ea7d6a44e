package org.asyncmigrations.spring;

import java.util.Set;
import org.asyncmigrations.MigrationRegistry;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Says that registries are made when Flyway, Liquibase or scripts have made the schema. */
final class RegistryDependsOnDatabaseInitialization extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {
    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(MigrationRegistry.class);
    }
}
