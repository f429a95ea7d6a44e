package org.asyncmigrations.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** Others may be at work at the same time: a second node, and writers of the rows. */
final class Neighbours {
    private Neighbours() {}

    static Stream<DynamicNode> of(Subject subject) {
        Writers writers = new Writers(subject);
        TwoNodes nodes = new TwoNodes(subject);
        return Stream.of(
                Suite.test(subject, "two nodes don't disturb each other", nodes::run),
                Suite.test(subject, "concurrent writes are kept", writers::run));
    }
}
