package org.asyncmigrations.batch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.asyncmigrations.product.ColumnText;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a record that the user's code has changed. A value of a mutable type is compared in its stored form, since
 * the record may hold the same object as before.
 */
final class StoredValues {
    private static final Set<Class<?>> IMMUTABLE = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            JSON.class,
            JSONB.class);

    private final Field<?>[] fields;

    /** Converts a column's value to its stored form; null for an immutable type. */
    private final @Nullable Converter<?, ?>[] converters;

    /** @param fields the record's fields */
    StoredValues(Field<?>[] fields) {
        this.fields = fields.clone();
        this.converters = Arrays.stream(fields)
                .map(field -> isImmutable(field.getType()) ? null : field.getConverter())
                .toArray(Converter<?, ?>[]::new);
    }

    private static boolean isImmutable(Class<?> type) {
        return IMMUTABLE.contains(type)
                || type.isEnum()
                || (TemporalAccessor.class.isAssignableFrom(type)
                        && type.getName().startsWith("java.time."));
    }

    /** {@return the column with that index} */
    Field<?> field(int i) {
        return fields[i];
    }

    /** {@return the record's current values} */
    @Nullable
    Object[] of(Record record) {
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, record.get(i));
        }
        return values;
    }

    /** {@return the indexes of the columns whose values have changed} */
    BitSet changed(@Nullable Object[] before, Record record) {
        BitSet changed = new BitSet();
        for (int i = 0; i < before.length; i++) {
            Object now = record.get(i);
            if (now != before[i] && !Objects.deepEquals(before[i], value(i, now))) {
                changed.set(i);
            }
        }
        return changed;
    }

    private @Nullable Object value(int i, @Nullable Object value) {
        Converter<?, ?> converter = converters[i];
        return converter == null || value == null ? value : copied(ColumnText.stored(converter, value));
    }

    private static @Nullable Object copied(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(StoredValues::copied).toArray();
        }
        if (value instanceof Record record) {
            return copied(record.intoArray());
        }
        return value instanceof java.util.Date date ? date.clone() : value;
    }
}
