package org.asyncmigrations.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}. */
@Command(
        name = "check",
        description = {
            "Checks, before a deploy, whether a build may be deployed on this database. Changes nothing.",
            "Exit code 0 if the database has what the build requires, or gets it from the build itself; 1 if a"
                    + " migration has failed or is missing; 3 if one is paused. If one that must be done first is not:"
                    + " also 3 for a closed gate, 4 if it is running, 5 if no instance is alive."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  async-migrations check target/shop.jar",
            "  async-migrations check target/classes --require-done 20261121_093000",
            "  async-migrations check shop.war --require-done before-this-build --json"
        })
final class CheckVerb implements Callable<Integer> {
    /** In order of priority: the first of these that occurs is the exit code. */
    private static final List<Integer> CODES = List.of(Exit.FAILED, Exit.HELD, Exit.CLOSED, Exit.RUNNING, Exit.DONE);

    private final Root root;

    @Parameters(
            arity = "1..*",
            paramLabel = "BUILD",
            description = "A jar or war, with all jars in it, or a directory of classes or jars.")
    private List<Path> paths = List.of();

    @Option(
            names = "--require-done",
            paramLabel = "WHAT",
            split = ",",
            hideParamSyntax = true,
            description = "What must be done before the deploy: a version, such as one for which the code calls"
                    + " requireDone(), or several, separated by commas; before-this-build for all that the database"
                    + " already has; or all.")
    private List<Requirement> required = List.of();

    @Option(
            names = "--assume-new-database",
            description = "Retired migrations count as done if they have never run, as in an application that calls"
                    + " assumeNewDatabase().")
    private boolean isNewDatabase;

    @Option(names = "--all", description = "Also list those that are done. JSON always contains them.")
    private boolean all;

    CheckVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Build build = Build.of(paths);
        List<Checked> found =
                BuildCheck.of(build, root.operator(), required, isNewDatabase).all();
        int code = CODES.stream()
                .filter(each -> each == Exit.DONE || found.stream().anyMatch(checked -> checked.code() == each))
                .findFirst()
                .orElse(Exit.DONE);
        String sentence = sentence(found);
        root.print(
                root.isJson()
                        ? Json.text(Json.object(
                                "ready",
                                code == Exit.DONE,
                                "exitCode",
                                code,
                                "sentence",
                                sentence,
                                "migrations",
                                found.stream().map(Checked::facts).toList()))
                        : table(found) + (code == Exit.DONE ? "ready: " : "not ready: ") + sentence);
        return code;
    }

    private static String sentence(List<Checked> found) {
        if (found.isEmpty()) {
            return "neither the build nor the database has migrations";
        }
        long inTheWay =
                found.stream().filter(checked -> checked.code() != Exit.DONE).count();
        Map<String, Long> counts =
                found.stream().collect(Collectors.groupingBy(Checked::here, LinkedHashMap::new, Collectors.counting()));
        String words = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        boolean isEmpty = found.stream().allMatch(checked -> checked.row() == null);
        return (inTheWay == 0 ? "" : inTheWay + (inTheWay == 1 ? " is" : " are") + " blocking; ")
                + words
                + (isEmpty ? "; no migration is registered in this database yet" : "");
    }

    private String table(List<Checked> found) {
        List<Checked> shown = found.stream()
                .filter(checked -> all
                        || checked.code() != Exit.DONE
                        || checked.row() == null
                        || checked.row().state() != State.DONE)
                .toList();
        if (shown.isEmpty()) {
            return "";
        }
        Table table = new Table("version", "migration", "phase", "here");
        for (Checked checked : shown) {
            String name = checked.name();
            table.row(
                    MigrationEntry.written(checked.version()),
                    name.substring(name.lastIndexOf('.') + 1),
                    StatusTable.phase(checked.phase()),
                    checked.here());
            checked.notes().forEach(table::note);
        }
        return table.text(root.width()) + "\n\n";
    }
}
