package org.asyncmigrations.processor.random;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A module, and what a compiler has to say of it.
 *
 * @param seed what it was made from
 * @param sources texts by the paths of their files
 * @param options the compiler's, beside those that all modules have
 * @param expected the findings that must come, and no other
 * @param broken whether the compiler has errors of its own
 * @param registry the full name of the registry that must be written, empty where there is none
 * @param migrations how many are right: as many handles the registry of a right module has
 */
record RandomModule(
        long seed,
        Map<String, String> sources,
        List<String> options,
        Set<Expected> expected,
        boolean broken,
        String registry,
        int migrations) {
    boolean isRight() {
        return expected.isEmpty() && !broken;
    }

    /** For whoever has to find out. */
    String text() {
        return "seed " + seed + ", options " + options + ", expected " + expected + (broken ? ", broken" : "") + "\n"
                + sources.entrySet().stream()
                        .map(source -> "--- " + source.getKey() + "\n" + source.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
