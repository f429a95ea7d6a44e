package org.asyncmigrations.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}, as in git. picocli's own has a different {@code --help} from that of all other verbs. */
@Command(
        name = "help",
        description = "Shows the help of a verb.",
        footerHeading = "%nExample:%n",
        footer = "  async-migrations help pause")
final class HelpVerb implements Callable<Integer> {
    private final Root root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb, such as pause; default: all.")
    private @Nullable String verb;

    HelpVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        CommandLine all =
                spec == null ? Root.commandLine(root.terminal()) : spec.root().commandLine();
        CommandLine asked = verb == null ? all : all.getSubcommands().get(verb);
        if (asked == null) {
            throw new IllegalArgumentException("there is no verb " + verb + "; see async-migrations --help");
        }
        asked.usage(root.terminal().out());
        return Exit.DONE;
    }
}
