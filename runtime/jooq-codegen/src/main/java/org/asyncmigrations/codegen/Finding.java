package org.asyncmigrations.codegen;

/**
 * A message about an entry.
 *
 * @param severity how bad it is
 * @param text the place, the finding's name in brackets, what is wrong, and what to do
 */
record Finding(Severity severity, String text) {
    /** How bad it is. */
    enum Severity {
        ERROR,
        WARNING,
        NOTE
    }
}
