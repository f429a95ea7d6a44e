package org.asyncmigrations.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are ends of ranges, in the key's order: what one pass has found, those after it need not look for again. Never more
 * than {@value #MOST}, however large the table. Immutable and thread-safe.
 *
 * @param keys the keys, as the state tables hold them
 */
public record KeyList(List<String> keys) {
    /** Some ranges for each of many workers, in a text that is still short. */
    private static final int MOST = 128;

    private static final char END_OF_LENGTH = ':';

    /**
     * Copies the list.
     *
     * @param keys the keys, as the state tables hold them
     */
    public KeyList {
        keys = List.copyOf(keys);
    }

    /** Reads what {@link #written} has written; null for an empty list, which anything else counts as: it only spares work. */
    static KeyList read(@Nullable String text) {
        try {
            return new KeyList(text == null ? List.of() : keys(text));
        } catch (NumberFormatException | IndexOutOfBoundsException byHand) {
            return new KeyList(List.of());
        }
    }

    private static List<String> keys(String text) {
        List<String> keys = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf(END_OF_LENGTH, at);
            int length = Integer.parseInt(text.substring(at, end));
            keys.add(text.substring(end + 1, end + 1 + length));
            at = end + 1 + length;
        }
        return keys;
    }

    /** Keys may hold any character: each has its length before it. */
    @Nullable
    String written() {
        return keys.isEmpty()
                ? null
                : keys.stream().map(key -> key.length() + ":" + key).collect(Collectors.joining());
    }

    /**
     * The key behind another.
     *
     * @param key a key of the list, null for the beginning
     * @return the next one, null where the list knows of none
     */
    public @Nullable String after(@Nullable String key) {
        int at = key == null ? 0 : keys.indexOf(key) + 1;
        boolean known = key == null || at > 0;
        return known && at < keys.size() ? keys.get(at) : null;
    }

    /** {@return this list with a key behind its last; where they become too many, with every second} */
    KeyList with(String key) {
        if (keys.contains(key)) {
            return this;
        }
        List<String> all = new ArrayList<>(keys);
        all.add(key);
        if (all.size() <= MOST) {
            return new KeyList(all);
        }
        List<String> fewer = new ArrayList<>();
        // The last one stays: the frontier is there.
        for (int i = (all.size() - 1) % 2; i < all.size(); i += 2) {
            fewer.add(all.get(i));
        }
        return new KeyList(fewer);
    }
}
