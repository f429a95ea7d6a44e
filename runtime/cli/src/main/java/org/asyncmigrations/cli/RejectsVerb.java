package org.asyncmigrations.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.operator.Operator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rejects}. */
@Command(
        name = "rejects",
        description = "Shows the rows that could not be changed even alone and were set aside, with their errors. JSON"
                + " contains them in full.",
        footerHeading = "%nExample:%n",
        footer = "  async-migrations rejects 20261121_093000")
final class RejectsVerb implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261121_093000.")
    private VersionNumber version = new VersionNumber(0);

    RejectsVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Operator operator = root.operator();
        ShowVerb.status(operator, version.value());
        List<RejectedRow> rejects = operator.rejects(version.value());
        if (root.isJson()) {
            root.print(Json.text(Json.object(
                    "version", version.value(),
                    "rejects", rejects.stream().map(Facts::of).toList())));
        } else if (rejects.isEmpty()) {
            root.print("migration " + MigrationEntry.written(version.value()) + " has no rejects");
        } else {
            root.print(table(rejects).text(root.width()));
        }
        return Exit.DONE;
    }

    private static Table table(List<RejectedRow> rejects) {
        Table table = new Table("key", "tries", "last tried (UTC)", "accepted");
        for (RejectedRow row : rejects) {
            String accepted = row.accepted() == null ? "no" : row.accepted();
            table.row(row.key(), Integer.toString(row.attempts()), EventsVerb.time(row.lastTriedAt()), accepted);
            table.note(row.error().lines().findFirst().orElse(""));
        }
        return table;
    }
}
