package org.asyncmigrations.product;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index as in the catalog, for comparison with the order of a walk.
 *
 * @param name its name
 * @param parts its columns or expressions, in order
 * @param defect why it fits no walk at all, null for none
 */
public record KeyIndex(
        String name, List<Part> parts, @Nullable String defect) {
    /**
     * One column of an index.
     *
     * @param column the column's name, null for an expression
     * @param reading the direction that gives the column's ascending order
     * @param flaw why its values are incomplete or in another order than the column's; null for none
     */
    public record Part(
            @Nullable String column,
            Reading reading,
            @Nullable String flaw) {}

    /** The direction in which an index column must be read for ascending order. */
    public enum Reading {
        /** As it is stored. */
        FORWARD,
        /** From its end. */
        BACKWARD
    }

    /**
     * Copies the list.
     *
     * @param name its name
     * @param parts its columns or expressions, in order
     * @param defect why it fits no walk at all, null for none
     */
    public KeyIndex {
        parts = List.copyOf(parts);
    }

    /**
     * Why a walk can't use this index for its order.
     *
     * @param key the columns of the walk
     * @return the rest of a sentence about the index, null if it can
     */
    public @Nullable String misfit(List<String> key) {
        if (defect != null) {
            return defect;
        }
        for (int i = 0; i < key.size(); i++) {
            if (i == parts.size()) {
                return "has only " + String.join(", ", key.subList(0, i));
            }
            Part part = parts.get(i);
            if (part.flaw != null) {
                return part.flaw;
            }
            if (!key.get(i).equals(part.column)) {
                return "has " + (part.column == null ? "an expression" : part.column) + " where " + key.get(i)
                        + " would have to be";
            }
            if (part.reading != parts.get(0).reading) {
                return "has " + part.column + " in the opposite order to " + parts.get(0).column;
            }
        }
        return null;
    }

    /**
     * Whether people may mistake it for an index that fits a key.
     *
     * @param key the key's columns
     * @return true if it begins with one of them, or with an expression
     */
    public boolean resembles(List<String> key) {
        String first = parts.isEmpty() ? null : parts.get(0).column;
        return first == null || key.contains(first);
    }
}
