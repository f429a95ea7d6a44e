package org.asyncmigrations.batch;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.state.TextHash;

/** How the state tables name the key that a walk goes by, so that other code's keys are not taken for its own. */
final class WalkKey {
    /** What the column holds. */
    private static final int LENGTH = 255;

    /** A wider type for the same numbers, in the same order, is no other key. */
    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");

    private WalkKey() {}

    /** {@return the table, the columns with their types, and the direction if it is downwards; hashed where that is too long} */
    static String of(KeySpace space) {
        TableShape shape = space.shape();
        String text = space.columns().stream()
                .map(KeyColumn::name)
                .map(name -> name + " " + type(shape.columns().get(name).type()))
                .collect(Collectors.joining(", ", shape.name() + " (", space.isDescending() ? ") descending" : ")"));
        return text.length() <= LENGTH ? text : TextHash.of(text);
    }

    private static String type(String type) {
        return INTEGERS.contains(type.toLowerCase(Locale.ROOT)) ? "integer" : type;
    }
}
