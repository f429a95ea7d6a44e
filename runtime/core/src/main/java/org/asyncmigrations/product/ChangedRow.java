package org.asyncmigrations.product;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that was changed in Java.
 *
 * @param key the texts of its key, as {@link KeyText} writes them
 * @param values the new values of its changed columns
 */
public record ChangedRow(List<String> key, List<@Nullable Object> values) {
    /** {@return its approximate length in characters or bytes} */
    int weight() {
        int weight = 0;
        for (Object value : values) {
            weight += value instanceof CharSequence text ? text.length() : 20;
            weight += value instanceof byte[] bytes ? bytes.length : 0;
        }
        return weight;
    }
}
