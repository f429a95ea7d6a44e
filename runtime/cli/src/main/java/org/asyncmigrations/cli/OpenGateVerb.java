package org.asyncmigrations.cli;

import java.util.concurrent.Callable;
import org.asyncmigrations.operator.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code open-gate}. */
@Command(
        name = "open-gate",
        description = {
            "Lets an after-release migration begin. Refused while instances of an older build are alive.",
            "With --force, it begins anyway: what old instances still write may be lost, and what they read may be"
                    + " gone."
        },
        footerHeading = "%nExample:%n",
        footer = "  async-migrations open-gate 20261124_070000 --reason \"web-3 is gone for good\"")
final class OpenGateVerb implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261124_070000.")
    private VersionNumber version = new VersionNumber(0);

    @Option(names = "--force", description = "Even if older instances are alive.")
    private boolean force;

    @Mixin
    private OrderOptions options = new OrderOptions();

    OpenGateVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Answer answer = root.orders(options).openGate(version.value(), options.reason(), force);
        return new GivenOrder("open-gate", "has an open gate", options).answered(root, version.value(), answer);
    }
}
