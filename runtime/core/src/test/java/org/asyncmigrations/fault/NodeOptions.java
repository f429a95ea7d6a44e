package org.asyncmigrations.fault;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;

/**
 * How a {@link Node} works. Immutable.
 *
 * @param name the name that it writes into the rows that it changes
 * @param claimTime how long its claims last without renewal
 * @param poll how often it polls for work
 * @param pauseMillis how much longer 100 rows take
 * @param only the version of the only migration in its build, 0 for all
 * @param hold where it stops until told to go on: {@code work} after the user's statements, {@code commit} after the fence;
 *     {@code none} for nowhere
 * @param jvm its JVM's options
 */
record NodeOptions(
        String name, Duration claimTime, Duration poll, long pauseMillis, long only, String hold, List<String> jvm) {
    /** Uses the shortest claim time that a builder accepts, so that no test waits longer than necessary. */
    static NodeOptions named(String name) {
        return new NodeOptions(name, Duration.ofSeconds(1), Duration.ofMillis(100), 5, 0, "none", List.of());
    }

    NodeOptions withOnly(long version, String holdAt) {
        return new NodeOptions(name, claimTime, poll, pauseMillis, version, holdAt, jvm);
    }

    NodeOptions withPause(long millis) {
        return new NodeOptions(name, claimTime, poll, millis, only, hold, jvm);
    }

    NodeOptions withTimes(Duration claim, Duration pollEvery) {
        return new NodeOptions(name, claim, pollEvery, pauseMillis, only, hold, jvm);
    }

    NodeOptions withJvm(String... options) {
        return new NodeOptions(name, claimTime, poll, pauseMillis, only, hold, List.of(options));
    }

    /** {@return a node in this JVM, which is never held} */
    Dispatcher here(Fresh fresh) {
        LedgerBuild build = new LedgerBuild(name, pauseMillis, changed -> {});
        return of(build.of(only).on(fresh.dataSource())).build();
    }

    /** Sets up a node's registry. */
    RegistryBuilder<Dispatcher> of(RegistryBuilder<Dispatcher> registry) {
        return registry.claimTime(claimTime)
                .pollEvery(poll)
                .targetBatchTime(Duration.ofMillis(100))
                // Each kill counts as an attempt, and these tests aren't about their number.
                .maxAttempts(1_000_000);
    }

    List<String> arguments() {
        return List.of(
                name,
                Long.toString(claimTime.toMillis()),
                Long.toString(poll.toMillis()),
                Long.toString(pauseMillis),
                Long.toString(only),
                hold);
    }

    static NodeOptions read(String[] arguments, int from) {
        return new NodeOptions(
                arguments[from],
                Duration.ofMillis(Long.parseLong(arguments[from + 1])),
                Duration.ofMillis(Long.parseLong(arguments[from + 2])),
                Long.parseLong(arguments[from + 3]),
                Long.parseLong(arguments[from + 4]),
                arguments[from + 5],
                List.of());
    }
}
