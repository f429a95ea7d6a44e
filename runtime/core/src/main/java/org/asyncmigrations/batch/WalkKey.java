package org.asyncmigrations.batch;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.state.TextHash;

/** Names a walk's key for the state tables, so that stored keys of another walk key aren't mistaken for its own. */
final class WalkKey {
    /** The length of the column. */
    private static final int LENGTH = 255;

    /** Integer types count as one type: a wider one has the same numbers in the same order. */
    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");

    private WalkKey() {}

    /** {@return the table, the columns with their types, and the direction if it is descending; hashed if that is too long} */
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
