package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** How the tests of a registry ended, run as Jupiter runs them: one after the other, as the stream gives them. */
final class Results {
    private final Map<String, Optional<Throwable>> tests = new LinkedHashMap<>();

    private final Predicate<String> run;

    private Results(Predicate<String> run) {
        this.run = run;
    }

    static Results of(MigrationTests migrations) {
        return of(migrations, name -> true);
    }

    /** Runs those whose name it is told, and names all. */
    static Results of(MigrationTests migrations, Predicate<String> run) {
        Results results = new Results(run);
        try (Stream<DynamicNode> nodes = migrations.tests()) {
            nodes.forEach(node -> results.run("", node));
        }
        return results;
    }

    private void run(String path, DynamicNode node) {
        String name = path + node.getDisplayName();
        if (node instanceof DynamicContainer container) {
            container.getChildren().forEach(child -> run(name + " / ", child));
        } else {
            tests.put(name, run.test(name) ? outcome((DynamicTest) node) : Optional.empty());
        }
    }

    private static Optional<Throwable> outcome(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return Optional.empty();
        } catch (Throwable failure) {
            return Optional.of(failure);
        }
    }

    List<String> names() {
        return List.copyOf(tests.keySet());
    }

    void allPass() {
        List<String> failures = new ArrayList<>();
        tests.forEach((name, outcome) -> outcome.ifPresent(failure -> failures.add(name + ": " + failure)));
        assertThat(failures).isEmpty();
    }

    /** Jupiter's own name for it, of a library that it brings. */
    private static boolean isSkip(Throwable failure) {
        return failure.getClass().getSimpleName().equals("TestAbortedException");
    }

    /** {@return the tests that failed, with what they say} */
    Map<String, String> failures() {
        Map<String, String> failures = new LinkedHashMap<>();
        tests.forEach((name, outcome) -> outcome.filter(failure -> !isSkip(failure))
                .ifPresent(failure -> failures.put(name, String.valueOf(failure.getMessage()))));
        return failures;
    }

    /** {@return what the test of this name has thrown, of the only migration} */
    Throwable thrown(String test) {
        return tests.entrySet().stream()
                .filter(outcome -> outcome.getKey().endsWith(test))
                .flatMap(outcome -> outcome.getValue().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(test + " has not failed; these have: " + failures()));
    }

    /** {@return what the test of this name says, of the only migration} */
    String failure(String test) {
        return failures().entrySet().stream()
                .filter(failure -> failure.getKey().contains(": " + test))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(test + " has not failed; these have: " + failures()));
    }
}
