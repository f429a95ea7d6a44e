package org.asyncmigrations.testing;

/** Thrown to a node's code after the node was killed. It is an error, so that nothing tries again in the node's name. */
final class Cut extends Error {
    private static final long serialVersionUID = 1L;

    Cut() {
        // Without a stack trace, since it is logged for each crash.
        super("the test kit has killed this node", null, false, false);
    }
}
