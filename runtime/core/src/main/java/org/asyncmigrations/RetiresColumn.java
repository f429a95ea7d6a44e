package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jooq.Table;

/**
 * Says that a migration removes a column, so code of this build may no longer use it: a table class that still has the field is a
 * compile error. When the migration first runs, it is checked once that the table has this column.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(RetiresColumn.List.class)
public @interface RetiresColumn {
    /**
     * The table.
     *
     * @return a table class, as jooq-codegen writes it
     */
    Class<? extends Table<?>> table();

    /**
     * The column.
     *
     * @return its name; the check of the table class ignores case and underscores
     */
    String name();

    /** Several columns. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /**
         * The columns.
         *
         * @return one each
         */
        RetiresColumn[] value();
    }
}
