package org.asyncmigrations.benchmarks.compile;

/**
 * A case of the comparison.
 *
 * @param subject whose sources are compiled
 * @param size how many annotated classes
 * @param name which way of compiling them
 */
record Case(String subject, int size, String name) {
    /** The way that all others are compared with. */
    static final String WITHOUT = "without";

    static final String WITH = "with";
    static final String WRITTEN_ALONG = "what it writes compiled along";
    static final String IDLE = "with one that does nothing";
    static final String JOURNAL = "with, and a journal";

    Case sibling(String other) {
        return new Case(subject, size, other);
    }
}
