package org.asyncmigrations.codegen;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. Stateless, and so thread-safe. */
final class Nearest {
    /** One wrong letter in three; with more, it's another name. */
    private static final int LETTERS_A_SLIP = 3;

    private Nearest() {}

    static Optional<String> to(String name, Collection<String> names) {
        int most = Math.max(1, bare(name).length() / LETTERS_A_SLIP);
        return names.stream()
                .filter(other -> distance(bare(name), bare(other)) <= most)
                .min(Comparator.comparingInt((String other) -> distance(bare(name), bare(other)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String bare(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** {@return the Levenshtein distance: how many letters have to be inserted, deleted or replaced} */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
