package org.asyncmigrations.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who gives an order, and why. Both are stored in its event. */
final class OrderOptions {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is kept in the events.")
    private String reason = "";

    @Option(names = "--who", paramLabel = "NAME", description = "Who gives the order; default: the system user's name.")
    private @Nullable String who;

    /** {@return the reason; throws if it is blank} */
    String reason() {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "the reason must not be blank; say why with --reason, for people who read the events");
        }
        return reason.strip();
    }

    /** {@return the name; throws if there is none} */
    String who() {
        String name = who == null ? System.getProperty("user.name", "") : who;
        // The JVM reports this for a user without an account entry, as in many containers.
        if (name.isBlank() || name.equals("?")) {
            throw new IllegalArgumentException("the name of who gives the order is missing; give it with --who");
        }
        return name.strip();
    }
}
