package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows an {@code @AfterRelease} migration to change the schema: to drop a column that no code names any more, say. Without
 * it a statement that does is an error at compile time, or is refused before it is sent.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ChangesSchema {
    /**
     * Why the change belongs here and not into the schema's own migrations.
     *
     * @return a sentence for reviewers
     */
    String because();
}
