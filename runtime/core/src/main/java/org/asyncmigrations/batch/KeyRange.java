package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.Product;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a key, in the form that the database answers from the key's index: row values on PostgreSQL; elsewhere the expanded
 * {@code a > x OR (a = x AND b > y)}, since {@code (a, b) > (x, y)} scans the whole index there.
 *
 * @param columns the key's columns
 * @param descending whether the walk goes from the highest to the lowest
 * @param product the database
 */
record KeyRange(List<KeyColumn> columns, boolean descending, Product product) {
    Condition between(@Nullable Key after, @Nullable Key upTo) {
        if (after == null && upTo == null) {
            // Not "no condition": jOOQ can be configured to refuse an UPDATE without one.
            return DSL.trueCondition();
        }
        List<Condition> sides = new ArrayList<>();
        if (after != null) {
            sides.add(isSide(after, false));
        }
        if (upTo != null) {
            sides.add(isSide(upTo, true));
        }
        // Row values first: for each column, PostgreSQL stops reading the index by the first condition.
        sides.addAll(bounds(after, upTo));
        return DSL.and(sides);
    }

    Condition at(Key key) {
        List<Condition> columnsAt = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            columnsAt.add(columns.get(i)
                    .comparable()
                    .eq(columns.get(i).value(key.values().get(i))));
        }
        return DSL.and(columnsAt);
    }

    private Condition isSide(Key key, boolean upTo) {
        if (columns.size() == 1 || !product.comparesRowValues()) {
            return expanded(key, upTo);
        }
        RowN row = DSL.row(fields());
        RowN end = DSL.row(values(key));
        if (upTo) {
            return descending ? row.ge(end) : row.le(end);
        }
        return descending ? row.lt(end) : row.gt(end);
    }

    /** Bounds on the first column, for products that don't derive them from the other conditions. */
    private List<Condition> bounds(@Nullable Key after, @Nullable Key upTo) {
        boolean bothSides = after != null && upTo != null;
        List<Condition> bounds = new ArrayList<>();
        if (columns.size() > 1 && product.boundsFirstColumn(bothSides)) {
            KeyColumn first = columns.get(0);
            Key low = descending ? upTo : after;
            Key high = descending ? after : upTo;
            if (low != null) {
                bounds.add(first.comparable().ge(first.value(low.values().get(0))));
            }
            if (high != null) {
                bounds.add(first.comparable().le(first.value(high.values().get(0))));
            }
        }
        return bounds;
    }

    /** Builds the condition from the last column to the first: each step puts one column in front of those after it. */
    private Condition expanded(Key key, boolean upTo) {
        Condition condition = null;
        for (int i = columns.size() - 1; i >= 0; i--) {
            Field<Object> field = columns.get(i).comparable();
            Field<Object> value = columns.get(i).value(key.values().get(i));
            Condition beyond = upTo != descending ? field.lt(value) : field.gt(value);
            if (condition == null) {
                Condition with = descending ? field.ge(value) : field.le(value);
                condition = upTo ? with : beyond;
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
