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
            "Reports whether work makes progress and, if not, why; for monitoring.",
            "Exit code 0 if all are done or one is running, 1 if one has failed or makes no progress,",
            "3 if they are held by a gate, a delay or an operator, 5 if work is left and no instance of the application"
                    + " is alive."
        },
        footerHeading = "%nExample:%n",
        footer = "  async-migrations check-queue --quiet-for 30m")
final class CheckQueueVerb implements Callable<Integer> {
    private final Root root;

    @Option(
            names = "--quiet-for",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "How long a running migration may make no progress; default: ${DEFAULT-VALUE}.")
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
                        : (isStill ? "no progress: " : "ok: ") + sentence);
        return code;
    }
}
