package org.asyncmigrations.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}. */
@Command(
        name = "completion",
        description = "Prints the completion script for bash and zsh; needs no database.",
        footerHeading = "%nExample:%n",
        footer = "  source <(async-migrations completion)")
final class CompletionVerb implements Callable<Integer> {
    private final Root root;

    CompletionVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.print(AutoComplete.bash("async-migrations", Root.commandLine(root.terminal())));
        return Exit.DONE;
    }
}
