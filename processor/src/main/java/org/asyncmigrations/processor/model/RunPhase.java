package org.asyncmigrations.processor.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a migration may run, as written in catalogs and the journal: {@code ASYNC}, or {@code ASYNC,independent}.
 *
 * @param independent whether it is outside of the order of versions
 */
public record RunPhase(Phase phase, boolean independent) {
    private static final String INDEPENDENT = ",independent";

    /** {@return the turn that a word means, in any case; empty if it means none} */
    public static Optional<RunPhase> parse(String word) {
        boolean independent = word.toLowerCase(Locale.ROOT).endsWith(INDEPENDENT);
        String phase = independent ? word.substring(0, word.length() - INDEPENDENT.length()) : word;
        return Stream.of(Phase.values())
                .filter(known -> known.name().equalsIgnoreCase(phase))
                .map(known -> new RunPhase(known, independent))
                .findFirst();
    }

    /** {@return the word} */
    public String text() {
        return phase + (independent ? INDEPENDENT : "");
    }
}
