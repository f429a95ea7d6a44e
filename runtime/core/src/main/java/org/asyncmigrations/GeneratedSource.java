package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that the processor has generated, for tools that skip generated classes (coverage, static analysis). It isn't
 * called {@code Generated} because {@code org.jooq} has that name, and both packages are often imported together.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GeneratedSource {
    /**
     * The class that generated it.
     *
     * @return the processor's name
     */
    String value();
}
