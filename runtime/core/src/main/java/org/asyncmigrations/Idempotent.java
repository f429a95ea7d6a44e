package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says why running a migration a second time does no harm. Each {@link DataMigration} and {@link BatchMigration} needs one. The
 * compiler checks that it fits.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Idempotent {
    /**
     * Why a second run does no harm.
     *
     * @return the reason
     */
    By value();

    /**
     * The reason in words. {@link By#DECLARATION} needs it.
     *
     * @return a sentence for reviewers
     */
    String because() default "";
}
