package org.asyncmigrations;

/** What supplies the parameters of the migrations' constructors. */
public enum Components {
    /** The application, which implements the generated {@code Services}. */
    NONE,
    /**
     * Spring beans, by type and qualifier. The processor generates a class that makes the registry a bean, and
     * {@code async-migrations-spring-boot} finds that class.
     */
    SPRING
}
