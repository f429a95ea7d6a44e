package org.asyncmigrations.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddl}. */
@Command(
        name = "ddl",
        description = "Prints the statements that create the state tables on this database; changes nothing.",
        footerHeading = "%nExample:%n",
        footer = "  async-migrations ddl --schema ops > V7__async_migrations.sql")
final class DdlVerb implements Callable<Integer> {
    private final Root root;

    DdlVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String ddl = root.operator().ddl();
        root.print(root.isJson() ? Json.text(Json.object("ddl", ddl)) : ddl);
        return Exit.DONE;
    }
}
