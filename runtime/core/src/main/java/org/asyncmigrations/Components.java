package org.asyncmigrations;

/** What gives the constructors of migrations their parameters. */
public enum Components {
    /** The application, which implements the generated {@code Services}. */
    NONE,
    /**
     * Spring's beans, by type and qualifier. The processor writes a class that makes the registry a bean, and
     * {@code async-migrations-spring-boot} finds it.
     */
    SPRING
}
