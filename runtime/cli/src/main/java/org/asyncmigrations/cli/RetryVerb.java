package org.asyncmigrations.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.operator.Orders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retry}. */
@Command(
        name = "retry",
        description = "Retries a failed migration: its rejects are retried alone, then it continues where it stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  async-migrations retry 20261121_093000 --reason \"the disk has space again\"",
            "  async-migrations retry --all-failed --reason \"the right was granted\""
        })
final class RetryVerb implements Callable<Integer> {
    /** One migration, or all. */
    static final class Which {
        @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261121_093000.")
        private @Nullable VersionNumber version;

        @Option(names = "--all-failed", description = "All that have failed.")
        private boolean allFailed;
    }

    private final Root root;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Mixin
    private OrderOptions options = new OrderOptions();

    RetryVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String reason = options.reason();
        Orders orders = root.orders(options);
        VersionNumber one = which.version;
        if (one != null) {
            return new GivenOrder("retry", "is tried again", options)
                    .answered(root, one.value(), orders.retry(one.value(), reason));
        }
        List<Long> versions = orders.retryFailed(reason);
        String names = versions.stream().map(MigrationEntry::written).collect(Collectors.joining(", "));
        if (root.isJson()) {
            root.print(Json.text(
                    Json.object("order", "retry", "versions", versions, "who", options.who(), "reason", reason)));
        } else {
            root.print(versions.isEmpty() ? "no migration has failed" : "tried again: " + names);
        }
        return Exit.DONE;
    }
}
