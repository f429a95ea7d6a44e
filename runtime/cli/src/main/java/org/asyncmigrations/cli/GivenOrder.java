package org.asyncmigrations.cli;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.operator.Answer;

/**
 * An order and what came of it.
 *
 * @param name the verb
 * @param effect what is so now, if it was given
 * @param options who and why
 */
record GivenOrder(String name, String effect, OrderOptions options) {
    /**
     * Says what came of it.
     *
     * @param root where
     * @param version the migration
     * @param answer what the operator answered
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
