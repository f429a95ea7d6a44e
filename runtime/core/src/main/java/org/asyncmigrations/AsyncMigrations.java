package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the package that the generated {@code AsyncMigrationRegistry} is written to, even while there is no migration,
 * and where the state tables are.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface AsyncMigrations {
    /**
     * The schema of the state tables, exactly as the database spells it; it must exist.
     *
     * @return the schema's name, empty for the connection's own
     */
    String schema() default "";

    /**
     * What the names of the state tables begin with.
     *
     * @return the prefix
     */
    String prefix() default "async_";

    /**
     * The simple name of the generated interface that the constructors of migrations get their parameters from. To be changed if the
     * package has a class {@code Services} of its own.
     *
     * @return the name of an interface, without package
     */
    String services() default "Services";

    /**
     * The registries of other modules whose migrations run here too, in one order with this module's and with their state in
     * this module's tables.
     *
     * @return generated registries
     */
    Class<? extends MigrationRegistry>[] include() default {};
}
