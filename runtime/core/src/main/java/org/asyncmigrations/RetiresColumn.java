package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jooq.Table;

/**
 * Says that a migration takes a column away, so that no code of this build may name it any more: a table class that still has
 * the field is an error at compile time. Whether the table has such a column is looked up once, when the migration
 * first runs.
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
     * @return its name; case and underscores make no difference to the check of the table class
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
