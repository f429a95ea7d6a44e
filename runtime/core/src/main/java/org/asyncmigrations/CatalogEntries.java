package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a generated registry runs, for the compile of modules that have it on their class path. Written by the processor and
 * read by it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CatalogEntries {
    /**
     * The migrations, those of included registries among them.
     *
     * @return one each, in the order of versions: {@code 20261121_093000 com.acme.BackfillEmailLower}
     */
    String[] value();

    /**
     * What the code of the migrations is.
     *
     * @return phase and fingerprint of each migration, as in a journal (the phase of an independent one with {@code ,independent}); empty where that is not known
     */
    String[] code() default {};

    /**
     * The migrations that the journal says are retired, those of included registries among them: their versions stay taken.
     *
     * @return one each, as in {@link #value}
     */
    String[] retired() default {};

    /**
     * Where the registry keeps its state: registries of different places may use the same versions.
     *
     * @return the name of the database if it has one, the schema if it is not the connection's own, and the prefix:
     *     {@code reports:app.async_}
     */
    String state() default "async_";
}
