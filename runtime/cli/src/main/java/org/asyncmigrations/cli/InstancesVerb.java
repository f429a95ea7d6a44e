package org.asyncmigrations.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.asyncmigrations.InstanceStatus;
import picocli.CommandLine.Command;

/** {@code instances}. */
@Command(
        name = "instances",
        description = "Shows the application's instances with their releases and builds. Gates wait for the old ones.",
        footerHeading = "%nExample:%n",
        footer = "  async-migrations instances")
final class InstancesVerb implements Callable<Integer> {
    /** The shown length of a build's hash, as in git: enough to tell one from another. */
    private static final int BUILD = 8;

    private final Root root;

    InstancesVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<InstanceStatus> instances = root.operator().instances();
        if (root.isJson()) {
            root.print(Json.text(
                    Json.object("instances", instances.stream().map(Facts::of).toList())));
        } else if (instances.isEmpty()) {
            root.print("no instance is registered");
        } else {
            root.print(table(instances).text(root.width()));
        }
        return Exit.DONE;
    }

    private static Table table(List<InstanceStatus> instances) {
        Table table = new Table("instance", "application", "release", "build", "live", "seen (UTC)");
        for (InstanceStatus instance : instances) {
            String live = instance.live() ? "yes" : instance.leavingAt() == null ? "no" : "closed";
            table.row(
                    instance.id(),
                    instance.application(),
                    instance.release(),
                    instance.build()
                            .substring(0, Math.min(BUILD, instance.build().length())),
                    live,
                    EventsVerb.time(instance.seenAt()));
        }
        return table;
    }
}
