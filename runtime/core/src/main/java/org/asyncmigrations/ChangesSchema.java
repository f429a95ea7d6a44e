package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows an {@code @AfterRelease} migration to change the schema, for example to drop a column that no code uses any more. Without
 * it, such a statement is a compile error, or is refused before it is sent.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ChangesSchema {
    /**
     * Why the change belongs here and not in the schema's own migrations.
     *
     * @return a sentence for reviewers
     */
    String because();
}
