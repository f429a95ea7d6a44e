package org.asyncmigrations.product;

import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * One column of a resolved key.
 *
 * @param field the column, as the migration names it
 * @param name its name, as the database writes it
 * @param form how its values become text and back
 */
public record KeyColumn(Field<?> field, String name, KeyText form) {
    /**
     * The column's value as lossless text, with its own alias. PostgreSQL would otherwise name it like the column, and ORDER BY
     * would sort by the text.
     *
     * @return the text
     */
    public Field<String> text() {
        return named(form.text(field));
    }

    /** {@return the same for a row that the walk continues from; see {@link KeyText#proven}} */
    public Field<String> provenText() {
        return named(form.proven(field));
    }

    private Field<String> named(Field<String> text) {
        return text.as("async_key_of_" + name.replaceAll("\\W", "_"));
    }

    /**
     * A value of the column's own type.
     *
     * @param text the value's text
     * @return the value
     */
    public Field<Object> value(String text) {
        return form.value(DSL.val(form.bound(text)));
    }

    /** {@return the column, untyped, to be compared only with {@link #value}} */
    public Field<Object> comparable() {
        return DSL.field("{0}", Object.class, field);
    }
}
