package org.asyncmigrations.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncmigrations.Dispatch.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check-queue}. */
@Command(
        name = "check-queue",
        description = {
            "Says whether anything stands still, and why, for monitoring.",
            "Exit code 0 if all are done or one goes on, 1 if one has failed or makes no progress,",
            "3 if they are held by a gate, a delay or an operator, 5 if work is left and no instance of the application lives."
        },
        footerHeading = "%nExample:%n",
        footer = "  async-migrations check-queue --quiet-for 30m")
final class CheckQueueVerb implements Callable<Integer> {
    private final Root root;

    @Option(
            names = "--quiet-for",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "How long a migration at work may make no progress; default: ${DEFAULT-VALUE}.")
    private Duration quietFor = Duration.ofHours(1);

    CheckQueueVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Standing standing = Standing.of(root.operator(), null);
        boolean isRunning = standing.outcome() == Outcome.RUNNING;
        boolean isStuck = isRunning && standing.quietFor().compareTo(quietFor) > 0;
        String sentence =
                standing.sentence() + (isStuck ? ", without progress for " + Durations.words(standing.quietFor()) : "");
        boolean isStill = isStuck || !isRunning && standing.outcome() != Outcome.DONE;
        int code = isStuck ? Exit.FAILED : isStill ? standing.exitCode() : Exit.DONE;
        root.print(
                root.isJson()
                        ? Json.text(Json.object("standsStill", isStill, "exitCode", code, "sentence", sentence))
                        : (isStill ? "stands still: " : "nothing stands still: ") + sentence);
        return code;
    }
}
