package org.asyncmigrations.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.operator.Operator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        description = "Shows the state of all migrations, and why a waiting one waits.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  async-migrations status --watch --width 200",
            "  async-migrations status --json | jq '.migrations[].state'"
        })
final class StatusVerb implements Callable<Integer> {
    /** Moves to the top left corner; {@code [K} clears the rest of a line, {@code [J} the rest of the screen. */
    private static final String HOME = "\033[H";

    private final Root root;

    @Option(names = "--all", description = "Also list those that are done. JSON always contains them.")
    private boolean all;

    @Option(names = "--watch", description = "Refresh every second, until Ctrl-C.")
    private boolean watch;

    StatusVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = root.operator();
        Terminal terminal = root.terminal();
        StatusTable table = new StatusTable(root.width(), terminal.isInteractive(), all);
        if (!watch) {
            root.print(root.isJson() ? json(operator.status()) : table.text(operator.status()));
            return Exit.DONE;
        }
        Poll poll = new Poll(terminal);
        boolean redraws = terminal.isInteractive() && !root.isJson();
        root.draw(redraws ? HOME + "\033[J" : "");
        while (!terminal.out().checkError()) {
            DispatchStatus status = poll.ask(operator::status);
            String text = Terminal.plain(root.isJson() ? json(status) : table.text(status));
            root.draw(redraws ? HOME + text.replace("\n", "\033[K\n") + "\033[K\n\033[J" : text);
            poll.pause();
        }
        return Exit.DONE;
    }

    private static String json(DispatchStatus status) {
        List<?> migrations = status.migrations().stream().map(Facts::of).toList();
        return Json.text(Json.object("migrations", migrations));
    }
}
