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
}
