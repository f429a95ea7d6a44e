package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The migrations of a generated registry, for the compilation of modules that have it on their class path. The processor writes and
 * reads it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CatalogEntries {
    /**
     * The migrations, including those of included registries.
     *
     * @return one string each, in the order of versions: {@code 20261121_093000 com.acme.BackfillEmailLower}
     */
    String[] value();

    /**
     * The migrations' code.
     *
     * @return phase and fingerprint of each migration, as in the journal (with {@code ,independent} after the phase of an
     *     independent one); empty if unknown
     */
    String[] code() default {};

    /**
     * The migrations that the journal lists as retired, including those of included registries. Their versions stay taken.
     *
     * @return one string each, as in {@link #value}
     */
    String[] retired() default {};

    /**
     * Where the registry keeps its state. Registries with different places may use the same versions.
     *
     * @return the name of the database if it has one, the schema if it isn't the connection's own, and the prefix:
     *     {@code reports:app.async_}
     */
    String state() default "async_";
}
