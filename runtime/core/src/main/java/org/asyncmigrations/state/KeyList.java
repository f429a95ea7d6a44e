package org.asyncmigrations.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are ends of ranges, in the key's order. One pass finds them, later passes reuse them. Never more than {@value #MOST},
 * however large the table. Immutable and thread-safe.
 *
 * @param keys the keys, as in the state tables
 */
public record KeyList(List<String> keys) {
    /** Enough for several ranges for each of many workers, while the text stays short. */
    private static final int MOST = 128;

    private static final char END_OF_LENGTH = ':';

    /**
     * Copies the list.
     *
     * @param keys the keys, as in the state tables
     */
    public KeyList {
        keys = List.copyOf(keys);
    }

    /** Reads what {@link #written} returns; null for an empty list. Anything unreadable counts as empty, since the list only saves work. */
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

    /** Each key is preceded by its length, since keys may contain any character. */
    @Nullable
    String written() {
        return keys.isEmpty()
                ? null
                : keys.stream().map(key -> key.length() + ":" + key).collect(Collectors.joining());
    }

    /**
     * The key after another.
     *
     * @param key a key of the list, null for the beginning
     * @return the next one, null if the list doesn't know it
     */
    public @Nullable String after(@Nullable String key) {
        int at = key == null ? 0 : keys.indexOf(key) + 1;
        boolean known = key == null || at > 0;
        return known && at < keys.size() ? keys.get(at) : null;
    }

    /** {@return this list with a key appended; if it gets too long, every second key is dropped} */
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
        // Keep the last one, which is the frontier.
        for (int i = (all.size() - 1) % 2; i < all.size(); i += 2) {
            fewer.add(all.get(i));
        }
        return new KeyList(fewer);
    }
}
