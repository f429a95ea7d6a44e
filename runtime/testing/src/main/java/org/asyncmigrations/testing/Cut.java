package org.asyncmigrations.testing;

/** What a node's code meets once the node was killed. An error, so that nothing tries again what nobody is there to try. */
final class Cut extends Error {
    private static final long serialVersionUID = 1L;

    Cut() {
        // Without a stack trace: it is logged once a crash.
        super("the test kit has killed this node", null, false, false);
    }
}
