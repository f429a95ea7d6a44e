package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says why a migration may be started a second time without harm. Each migration needs one; that it fits is checked at compile time. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Idempotent {
    /**
     * What makes a second run harmless.
     *
     * @return the reason
     */
    By value();

    /**
     * The reason in words, which {@link By#DECLARATION} needs.
     *
     * @return a sentence for reviewers
     */
    String because() default "";
}
