package org.asyncmigrations.cli;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.operator.Answer;

/**
 * An order and how to report its result.
 *
 * @param name the order's verb
 * @param effect what an accepted order has changed
 * @param options who gives it, and why
 */
record GivenOrder(String name, String effect, OrderOptions options) {
    /**
     * Reports the result.
     *
     * @param root writes the result
     * @param version the migration
     * @param answer the operator's answer
     * @return the exit code
     */
    int answered(Root root, long version, Answer answer) {
        if (root.isJson()) {
            root.print(Json.text(Json.object(
                    "order",
                    name,
                    "version",
                    version,
                    "given",
                    answer.given(),
                    "why",
                    answer.given() ? null : Calls.asVerbs(answer.why()),
                    "who",
                    options.who(),
                    "reason",
                    options.reason())));
        }
        if (!answer.given()) {
            root.terminal().complain(answer.why());
            return Exit.FAILED;
        }
        if (!root.isJson()) {
            root.print("migration " + MigrationEntry.written(version) + " " + effect + " (" + options.who() + ": "
                    + options.reason() + ")");
        }
        return Exit.DONE;
    }
}
