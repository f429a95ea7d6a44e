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

    /**
     * Which database the migrations of this module run on. Only its own migrations and those of included registries run in one
     * order, but modules on one class path usually end in one database, so two of them may not use a version twice. If this
     * module has a database of its own, give it any name: registries of different names may use the same versions.
     *
     * @return a name, empty for the database that most modules use
     */
    String database() default "";

    /**
     * Whether the compilers of other modules see this module's versions without including its registry, by a class in the
     * package {@code org.asyncmigrations.catalog}. A module that declares {@code module-info} never has that class, because a
     * package may be in one module only. Say {@code false} in a jar without {@code module-info} that is put on a module path
     * together with another such jar.
     *
     * @return whether there is such a class
     */
    boolean listed() default true;

    /**
     * What gives the constructors of migrations their parameters.
     *
     * @return {@link Components#SPRING} for beans, which takes {@code async-migrations-spring-boot} on the class path
     */
    Components components() default Components.NONE;
}
