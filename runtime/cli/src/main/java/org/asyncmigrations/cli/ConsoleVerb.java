package org.asyncmigrations.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.asyncmigrations.console.Authorizer;
import org.asyncmigrations.console.Console;
import org.asyncmigrations.console.ConsoleServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code console}. */
@Command(
        name = "console",
        description = {
            "Shows everything in a browser, until Ctrl-C. It listens only on this machine, and only the printed address"
                    + " gives access.",
            "Orders are given in the name of the system user."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  async-migrations console", "  async-migrations console --orders --port 7878"})
final class ConsoleVerb implements Callable<Integer> {
    private static final int MOST = 65_535;

    private final Root root;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; default: a free one.")
    private int port;

    @Option(names = "--orders", description = "Also accept orders; default: only show.")
    private boolean orders;

    ConsoleVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MOST) {
            throw new IllegalArgumentException("a port must be a number up to " + MOST + ", 0 for a free one");
        }
        Authorizer authorizer = orders ? (principal, registry, order, version) -> true : Authorizer.READ_ONLY;
        try (Console console = Console.builder()
                        .registry("migrations", root.operator())
                        .authorizer(authorizer)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).port(port).start()) {
            String uri = server.uri().toString();
            root.print(root.isJson() ? Json.text(Json.object("uri", uri)) : uri);
            new CountDownLatch(1).await();
        }
        return Exit.DONE;
    }
}
