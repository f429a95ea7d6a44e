package org.asyncmigrations.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncmigrations.operator.Answer;
import org.asyncmigrations.operator.Orders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Parameters;

/** An order that takes only a version, a name and a reason. */
@Command
final class PlainOrder implements Callable<Integer> {
    /** Gives the order. */
    private interface Giving {
        Answer give(Orders orders, long version, String reason);
    }

    private final Root root;
    private final String name;
    private final String effect;
    private final String description;
    private final String example;
    private final Giving giving;

    @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261121_093000.")
    private VersionNumber version = new VersionNumber(0);

    @Mixin
    private OrderOptions options = new OrderOptions();

    private PlainOrder(Root root, String name, String effect, String description, String example, Giving giving) {
        this.root = root;
        this.name = name;
        this.effect = effect;
        this.description = description;
        this.example = example;
        this.giving = giving;
    }

    static List<PlainOrder> all(Root root) {
        return List.of(
                new PlainOrder(
                        root,
                        "pause",
                        "is paused",
                        "Holds a migration, and all that follow it, in all instances until it is resumed.",
                        "checkout is slow",
                        Orders::pause),
                new PlainOrder(
                        root,
                        "resume",
                        "continues",
                        "Lets a paused migration continue where it stopped.",
                        "checkout is fast again",
                        Orders::resume),
                new PlainOrder(
                        root,
                        "approve",
                        "is approved",
                        "Lets a migration begin that waits for approval.",
                        "was tried on a copy of production",
                        Orders::approve),
                new PlainOrder(
                        root,
                        "skip",
                        "counts as done",
                        "Counts a migration as done, for good, without doing its work; migrations that follow"
                                + " continue.",
                        "was done by hand",
                        Orders::skip),
                new PlainOrder(
                        root,
                        "accept-rejects",
                        "continues without its rejects",
                        "Leaves the rejects of a failed migration as they are, for good; it becomes done without them.",
                        "closed accounts, nobody reads them",
                        Orders::acceptRejects),
                new PlainOrder(
                        root,
                        "run-now",
                        "starts its next attempt at once",
                        "Ends the back-off after a failed attempt, or the delay before the first: the next attempt"
                                + " starts at once.",
                        "the lock is gone",
                        Orders::runNow));
    }

    String name() {
        return name;
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        UsageMessageSpec usage = line.getCommandSpec().name(name).usageMessage();
        usage.description(description)
                .footerHeading("%nExample:%n")
                .footer("  async-migrations " + name + " 20261121_093000 --reason \"" + example + "\"");
        return line;
    }

    @Override
    public Integer call() {
        Answer answer = giving.give(root.orders(options), version.value(), options.reason());
        return new GivenOrder(name, effect, options).answered(root, version.value(), answer);
    }
}
