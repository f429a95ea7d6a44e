package org.asyncmigrations.testing;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationEntry;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.Executable;

/** All tests of a plan, with names. Tests that would fail because another has failed are left out, so that one cause is one failure. */
final class Suite {
    private final Plan plan;

    Suite(Plan plan) {
        this.plan = plan;
    }

    Stream<DynamicNode> tests() {
        Bench bench = Bench.open(plan);
        List<DynamicNode> containers = new ArrayList<>();
        Subject before = null;
        for (MigrationEntry entry : bench.entries()) {
            Subject subject = new Subject(bench, entry, before);
            containers.add(dynamicContainer(entry.toString(), of(subject)));
            before = subject;
        }
        return containers.stream().onClose(bench::close);
    }

    /** Lazily, one test after the other, since the results of the first ones decide which tests there are. */
    private static Stream<DynamicNode> of(Subject subject) {
        return Stream.<Supplier<Stream<DynamicNode>>>of(
                        () -> Stream.of(test(subject, "a run finishes", subject::requireSound)),
                        () -> whenSound(
                                subject,
                                () -> Stream.of(test(subject, "the time doesn't matter", subject::requireRepeatable))),
                        () -> whenRepeatable(subject, () -> Reruns.of(subject)),
                        () -> whenRepeatable(subject, () -> subject.isBatch() ? Pieces.of(subject) : Stream.of()),
                        () -> whenRepeatable(subject, () -> Neighbours.of(subject)),
                        () -> whenRepeatable(subject, () -> Crashes.of(subject)))
                .flatMap(Supplier::get);
    }

    private static Stream<DynamicNode> whenSound(Subject subject, Supplier<Stream<DynamicNode>> tests) {
        return subject.isSound() ? tests.get() : Stream.of();
    }

    private static Stream<DynamicNode> whenRepeatable(Subject subject, Supplier<Stream<DynamicNode>> tests) {
        return subject.isSound() && subject.isRepeatable() ? tests.get() : Stream.of();
    }

    static DynamicNode test(Subject subject, String name, Executable body) {
        MigrationEntry entry = subject.entry();
        String migration = entry.name().replaceFirst(".*[.$]", "");
        // Without its own source, Surefire attributes a test to its factory method and numbers it.
        URI place = URI.create("migration:" + entry.version());
        return dynamicTest(migration + ": " + name, place, () -> subject.bench().limited(body));
    }
}
