package org.asyncmigrations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Nullability;
import org.jooq.SQLDialect;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The parts of an {@link ExpandContract} as SQL, for its back-fill and its query. Without state, and so safe for threads. */
final class StepText {
    private StepText() {}

    /** {@return an expression; ends it with a line break if it may contain a line comment, which would swallow what follows} */
    static Field<?> expression(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "an expression may not be blank; write the value in the names of columns");
        }
        return DSL.field(text.contains("--") || text.contains("#") ? text + "\n" : text);
    }

    /** {@return a column, cast to the type of another; without a length, since a cast would cut off what is too long} */
    static Field<?> cast(Field<?> column, Field<?> like) {
        if (!isTyped(like)) {
            throw new IllegalArgumentException("the data type of " + like.getName()
                    + " must be known to cast to it; write field(\"" + like.getName() + "\", SQLDataType.…)");
        }
        return column.cast(withoutLength(like.getDataType()));
    }

    private static boolean isTyped(Field<?> field) {
        return field.getDataType().getType() != Object.class;
    }

    private static DataType<?> withoutLength(DataType<?> type) {
        return type.isString() && !type.isEnum() ? SQLDataType.VARCHAR : type;
    }

    static void requirePlain(Field<?> column) {
        DataType<?> type = column.getDataType();
        boolean isPlain = isTyped(column)
                && type.nullability() != Nullability.NOT_NULL
                && !type.defaulted()
                && !type.identity()
                && !type.computed();
        if (!isPlain) {
            throw new IllegalArgumentException("the new column " + column.getName()
                    + " must have a data type, take NULL and have no default, since older releases don't write it;"
                    + " write field(\"" + column.getName()
                    + "\", SQLDataType.…), and add NOT NULL with SchemaChange.setNotNull after the back-fill");
        }
    }

    static void requireDistinct(Field<?> old, List<NewColumn> columns) {
        Set<String> names = new HashSet<>(Set.of(plain(old)));
        for (NewColumn one : columns) {
            if (!names.add(plain(one.column()))) {
                throw new IllegalArgumentException(
                        "the column " + one.column().getName() + " may be named only once; choose another name");
            }
        }
    }

    private static String plain(Field<?> field) {
        return bare(field).toLowerCase(Locale.ROOT);
    }

    private static String bare(Field<?> field) {
        return field.getName().replaceAll("[\"`]", "");
    }

    /** {@return columns that a query around this one can name} */
    static List<Field<?>> named(List<Field<?>> columns) {
        List<Field<?>> named = new ArrayList<>();
        columns.forEach(column -> named.add(column.as(bare(column).replaceFirst(".*\\.", ""))));
        return named;
    }

    /** What new code wrote is not touched, not even if that is NULL. */
    static Backfill backfill(BatchKey key, Sides sides) {
        Condition none = DSL.noCondition();
        Condition some = DSL.noCondition();
        for (NewColumn one : sides.columns()) {
            none = none.and(one.column().isNull());
            some = some.or(one.value().isNotNull());
        }
        Backfill backfill = Backfill.of(key)
                .pending(none.and(sides.old().isNotNull()).and(some).and(differ(sides)));
        for (NewColumn one : sides.columns()) {
            backfill = set(backfill, one.column(), one.value());
        }
        return backfill;
    }

    @SuppressWarnings("unchecked") // The database converts the value.
    private static <T> Backfill set(Backfill backfill, Field<T> column, Field<?> value) {
        return backfill.set(column, (Field<T>) value);
    }

    /** {@return the condition for a row whose sides differ; NULL on both sides is in step} */
    static Condition outOfStep(Sides sides) {
        Condition some = sides.old().isNotNull();
        for (NewColumn one : sides.columns()) {
            some = some.or(one.column().isNotNull());
        }
        return some.and(differ(sides));
    }

    /** Byte by byte, as the triggers compare: two texts that a collation holds for equal differ. */
    private static Condition differ(Sides sides) {
        Field<?> old = sides.old();
        if (!isTyped(old)) {
            return CustomCondition.of(context -> context.visit(DSL.condition(
                    isInnoDb(context)
                            ? "not (cast({0} as binary) <=> cast({1} as binary))"
                            : "{0} is distinct from {1}",
                    sides.value(),
                    old)));
        }
        DataType<?> type = withoutLength(old.getDataType());
        Field<?> made = sides.value().cast(type);
        Field<?> there = old.cast(type);
        return CustomCondition.of(context -> {
            if (context.family() == SQLDialect.POSTGRES) {
                context.visit(DSL.condition(
                        "cast(row({0}) as record) operator(pg_catalog.*<>) cast(row({1}) as record)", made, there));
            } else if (isInnoDb(context)) {
                context.visit(DSL.condition("not (binary {0} <=> binary {1})", made, there));
            } else {
                context.visit(DSL.condition("{0} is distinct from {1}", made, there));
            }
        });
    }

    private static boolean isInnoDb(Context<?> context) {
        return context.family() == SQLDialect.MARIADB || context.family() == SQLDialect.MYSQL;
    }
}
