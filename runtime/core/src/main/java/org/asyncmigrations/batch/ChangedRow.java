package org.asyncmigrations.batch;

import java.util.BitSet;
import java.util.List;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jspecify.annotations.Nullable;

/**
 * A row that was changed in Java.
 *
 * @param key its key
 * @param columns the places of its changed columns
 * @param values their new values
 */
record ChangedRow(Key key, BitSet columns, List<@Nullable Object> values) {
    /** {@return about how many characters or bytes it is long} */
    int weight() {
        int weight = 0;
        for (Object value : values) {
            weight += value instanceof CharSequence text ? text.length() : 20;
            weight += value instanceof byte[] bytes ? bytes.length : 0;
        }
        return weight;
    }
}
