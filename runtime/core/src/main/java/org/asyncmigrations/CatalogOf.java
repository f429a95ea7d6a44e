package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Points to a module's registry. It is on a class in the package {@code org.asyncmigrations.catalog}, where compilers can list all
 * such classes on a class path. The processor writes and reads it.
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
