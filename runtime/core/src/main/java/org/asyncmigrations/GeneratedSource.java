package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the processor has written, for tools that leave generated classes out (coverage, static analysis).
 * Not called {@code Generated}: that name is taken in {@code org.jooq}, which is imported beside this package.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GeneratedSource {
    /**
     * The class that has written it.
     *
     * @return the processor's name
     */
    String value();
}
