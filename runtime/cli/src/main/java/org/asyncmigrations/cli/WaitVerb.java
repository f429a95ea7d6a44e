package org.asyncmigrations.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}. */
@Command(
        name = "wait",
        description = {
            "Waits until all migrations are done, or one has failed: exit code 0 or 1.",
            "If the time is over first: 3 if they are held by a gate, a delay or an operator, 4 if they are running, 5"
                    + " if no instance is alive."
        },
        footerHeading = "%nExample, for a pipeline:%n",
        footer = "  async-migrations wait --timeout 30m || exit 1")
final class WaitVerb implements Callable<Integer> {
    private final Root root;

    @Parameters(
            arity = "0..1",
            paramLabel = "MIGRATION",
            description = "Wait only for this one, and for those before it; default: all.")
    private @Nullable VersionNumber version;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "The longest wait, such as 90s, 30m or 2h; 0s checks once; default: no limit.")
    private @Nullable Duration timeout;

    WaitVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = root.operator();
        Poll poll = new Poll(root.terminal());
        long begin = System.nanoTime();
        String said = "";
        while (true) {
            Standing standing = poll.ask(() -> Standing.of(operator, version == null ? null : version.value()));
            boolean isOver = timeout != null
                    && Duration.ofNanos(System.nanoTime() - begin).compareTo(timeout) >= 0;
            if (isOver || standing.outcome() == Outcome.DONE || standing.outcome() == Outcome.FAILED) {
                root.print(root.isJson() ? standing.json() : standing.text());
                return standing.exitCode();
            }
            if (!said.equals(standing.text())) {
                said = standing.text();
                root.terminal().err().println(Terminal.plain(said));
                root.terminal().err().flush();
            }
            poll.pause();
        }
    }
}
