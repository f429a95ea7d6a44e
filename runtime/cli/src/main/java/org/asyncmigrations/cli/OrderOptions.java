package org.asyncmigrations.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who gives an order, and why; both stay in its event. */
final class OrderOptions {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stays in the events.")
    private String reason = "";

    @Option(names = "--who", paramLabel = "NAME", description = "Who gives the order; default: the system's user name.")
    private @Nullable String who;

    /** {@return the reason, refused if it is blank} */
    String reason() {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "the reason may not be blank; say with --reason why, for those who read the events");
        }
        return reason.strip();
    }

    /** {@return the name, refused if there is none} */
    String who() {
        String name = who == null ? System.getProperty("user.name", "") : who;
        // What the JVM says for a user without an entry, as in many containers.
        if (name.isBlank() || name.equals("?")) {
            throw new IllegalArgumentException("nobody is named; say with --who who gives the order");
        }
        return name.strip();
    }
}
