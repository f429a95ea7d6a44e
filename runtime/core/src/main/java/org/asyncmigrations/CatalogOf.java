package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Points from a class in the package {@code org.asyncmigrations.catalog}, where compilers can list what a class path has, to a
 * module's registry. Written by the processor and read by it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CatalogOf {
    /**
     * The registry.
     *
     * @return the generated class
     */
    Class<? extends MigrationRegistry> value();
}
