package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a key, in the form that the database answers from the key's index: row values on PostgreSQL; elsewhere the
 * expanded {@code a > x OR (a = x AND b > y)}, since {@code (a, b) > (x, y)} scans the whole index there.
 *
 * @param columns the key's columns
 * @param family the database
 */
record KeyRange(List<KeyColumn> columns, SQLDialect family) {
    Condition between(@Nullable Key after, @Nullable Key upTo) {
        List<Condition> sides = new ArrayList<>();
        if (after != null) {
            sides.add(isBehind(after));
        }
        if (upTo != null) {
            sides.add(isUpTo(upTo));
        }
        return DSL.and(sides);
    }

    private Condition isBehind(Key key) {
        return family == SQLDialect.POSTGRES && columns.size() > 1
                ? bounded(key, DSL.row(fields()).gt(DSL.row(values(key))), false)
                : bounded(key, expanded(key, false), false);
    }

    private Condition isUpTo(Key key) {
        return family == SQLDialect.POSTGRES && columns.size() > 1
                ? bounded(key, DSL.row(fields()).le(DSL.row(values(key))), true)
                : bounded(key, expanded(key, true), true);
    }

    /**
     * Adds a bound on the first column. H2 takes no range from an OR, and would read the index from its start. PostgreSQL takes
     * two row values for independent of each other, expects a quarter of the table between them, and might read all of it.
     * MariaDB needs none, and would read each time what has the first column's value in common.
     */
    private Condition bounded(Key key, Condition condition, boolean upTo) {
        if (columns.size() == 1 || family != SQLDialect.H2 && family != SQLDialect.POSTGRES) {
            return condition;
        }
        Field<Object> first = columns.get(0).comparable();
        Field<Object> value = columns.get(0).value(key.values().get(0));
        return (upTo ? first.le(value) : first.ge(value)).and(condition);
    }

    /** From the last column to the first: each step puts one column before what is behind it. */
    private Condition expanded(Key key, boolean upTo) {
        Condition condition = null;
        for (int i = columns.size() - 1; i >= 0; i--) {
            Field<Object> field = columns.get(i).comparable();
            Field<Object> value = columns.get(i).value(key.values().get(i));
            Condition beyond = upTo ? field.lt(value) : field.gt(value);
            if (condition == null) {
                condition = upTo ? field.le(value) : beyond;
            } else {
                condition = beyond.or(field.eq(value).and(condition));
            }
        }
        return condition == null ? DSL.noCondition() : condition;
    }

    private Field<?>[] fields() {
        return columns.stream().map(KeyColumn::comparable).toArray(Field<?>[]::new);
    }

    private Field<?>[] values(Key key) {
        Field<?>[] values = new Field<?>[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(key.values().get(i));
        }
        return values;
    }
}
