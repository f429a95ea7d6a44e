package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;

/**
 * Something that must be true of a product.
 *
 * @param name the fact as a sentence
 * @param check throws an {@link AssertionError} if it isn't true
 */
record Fact(String name, Check check) {
    /** Far longer than any check takes: a test that waits for itself would never fail. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Queries the server. */
    @FunctionalInterface
    interface Check {
        void on(Server server) throws Exception;
    }

    DynamicNode test(Server server) {
        String difference = server.words().differences().get(name);
        return difference == null
                ? dynamicTest(name, () -> run(server))
                : dynamicTest(name + " (known difference: " + difference + ")", () -> requireFalse(server, difference));
    }

    private void run(Server server) {
        Assertions.assertTimeoutPreemptively(LONGEST, () -> {
            try {
                check.on(server);
            } finally {
                server.endConnections();
            }
        });
    }

    private void requireFalse(Server server, String difference) {
        boolean holds;
        try {
            run(server);
            holds = true;
        } catch (AssertionError expected) {
            holds = false;
        }
        if (holds) {
            throw new AssertionError(
                    "\"" + name + "\" is true here, and the suite takes it for a known difference (" + difference
                            + "): remove it from " + server.words().getClass().getSimpleName());
        }
        Assumptions.abort(difference);
    }

    /** {@return the given word; fails if this product has none} */
    static <T> T existing(@Nullable T word) {
        if (word == null) {
            throw new AssertionError("this product has none");
        }
        return word;
    }
}
