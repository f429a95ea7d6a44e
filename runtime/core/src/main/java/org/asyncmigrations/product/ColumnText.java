package org.asyncmigrations.product;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jooq.Converter;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Writes a column's values as text that PostgreSQL can cast back to the column's type. */
public final class ColumnText {
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            BigDecimal.class,
            Float.class,
            Double.class,
            String.class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            java.sql.Date.class,
            java.sql.Timestamp.class,
            JSON.class,
            JSONB.class,
            byte[].class);

    /** A day inside the first and the last year of four digits, in milliseconds, in any time zone. */
    private static final long YEAR_1 = LocalDate.of(1, 1, 3).toEpochDay() * 86_400_000;

    private static final long YEAR_9999 = LocalDate.of(9999, 12, 29).toEpochDay() * 86_400_000;

    private final Converter<?, ?> converter;

    ColumnText(Field<?> column) {
        this.converter = column.getConverter();
    }

    /**
     * {@return whether the column's values can be written as text; false for a user's own binding, which may do more than convert
     * values}
     */
    static boolean fits(Field<?> column) {
        Class<?> type = column.getConverter().fromType();
        return (PLAIN.contains(type) || EnumType.class.isAssignableFrom(type))
                && column.getBinding().getClass().getName().startsWith("org.jooq.impl.");
    }

    /** {@return whether Java and the database write the row's values alike: yes for years of four digits, no for infinity} */
    static boolean fits(ChangedRow row) {
        for (Object value : row.values()) {
            if (!hasUsualYear(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasUsualYear(@Nullable Object value) {
        if (value instanceof java.util.Date date) {
            return date.getTime() >= YEAR_1 && date.getTime() < YEAR_9999;
        }
        if (value instanceof TemporalAccessor time && time.isSupported(ChronoField.YEAR)) {
            int year = time.get(ChronoField.YEAR);
            return year >= 1 && year <= 9999;
        }
        return true;
    }

    @Nullable
    String of(@Nullable Object value) {
        Object stored = stored(converter, value);
        if (stored == null) {
            return null;
        }
        if (stored instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (stored instanceof EnumType constant) {
            return constant.getLiteral();
        }
        if (stored instanceof JSON json) {
            return json.data();
        }
        return stored instanceof JSONB json ? json.data() : stored.toString();
    }

    /**
     * Converts a column's value for the database.
     *
     * @param converter the column's converter
     * @param value its value in Java code
     * @param <T> the database's type
     * @param <U> the code's type
     * @return the value to store
     */
    @SuppressWarnings("unchecked")
    public static <T, U> @Nullable Object stored(Converter<T, U> converter, @Nullable Object value) {
        return converter.to((U) value);
    }
}
