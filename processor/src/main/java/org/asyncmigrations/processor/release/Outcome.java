package org.asyncmigrations.processor.release;

import java.util.List;

/**
 * The result of a release.
 *
 * @param done false if the release was refused, or if migrations are unreleased and it was asked to check that
 */
record Outcome(boolean done, List<String> lines) {
    Outcome {
        lines = List.copyOf(lines);
    }

    static Outcome done(String line) {
        return new Outcome(true, List.of(line));
    }

    static Outcome refused(String reason) {
        return new Outcome(false, List.of(reason));
    }
}
