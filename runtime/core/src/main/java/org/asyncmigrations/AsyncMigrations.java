package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the package for the generated {@code AsyncMigrationRegistry}, even if it has no migration yet, and the place of the state
 * tables.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface AsyncMigrations {
    /**
     * The schema of the state tables, spelled exactly as in the database. It must exist.
     *
     * @return the schema's name, empty for the connection's own
     */
    String schema() default "";

    /**
     * The prefix of the state tables' names.
     *
     * @return the prefix
     */
    String prefix() default "async_";

    /**
     * The simple name of the generated interface that supplies the parameters of the migrations' constructors. Change it if the
     * package has its own class {@code Services}.
     *
     * @return the name of an interface, without package
     */
    String services() default "Services";

    /**
     * The registries of other modules whose migrations run here too. They share one order and one set of state tables with this
     * module's migrations.
     *
     * @return generated registries
     */
    Class<? extends MigrationRegistry>[] include() default {};

    /**
     * The database that this module's migrations run on. Only this module's migrations and those of included registries run in one
     * order. But modules on one class path usually share a database, so two of them may not use the same version. If this module
     * has its own database, give it any name: registries with different names may use the same versions.
     *
     * @return a name, empty for the database that most modules use
     */
    String database() default "";

    /**
     * Whether the compilers of other modules see this module's versions without including its registry. They find them through a
     * generated class in the package {@code org.asyncmigrations.catalog}. A module with a {@code module-info} never has that class,
     * since a package may be in one module only. Set it to {@code false} in a jar without {@code module-info} that is on a module
     * path together with another such jar.
     *
     * @return whether that class is generated
     */
    boolean listed() default true;

    /**
     * What supplies the parameters of the migrations' constructors.
     *
     * @return {@link Components#SPRING} for Spring beans, which needs {@code async-migrations-spring-boot} on the class path
     */
    Components components() default Components.NONE;
}
