package org.asyncmigrations.processor.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Rules;
import org.asyncmigrations.processor.journal.JournalReader;
import org.asyncmigrations.processor.journal.JournalWriter;
import org.asyncmigrations.processor.journal.Reason;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Catalog;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Appends the migrations of a catalog that the journal doesn't have.
 *
 * @param classes the directory that the module was compiled into
 * @param version the name of the release, absent if nothing is appended
 * @param check whether to write nothing, and print what would be written
 * @param bodiesUnread whether to release without the proof that all bodies were read
 * @param acceptChanges whether to replace the lines of migrations whose code or name has changed
 */
record Release(
        Path classes,
        Path journal,
        Optional<String> version,
        boolean check,
        boolean bodiesUnread,
        boolean acceptChanges) {
    /** Without white space, control characters and invisible characters. */
    private static final Pattern ONE_WORD = Pattern.compile("[^\\p{C}\\p{Z}]+");

    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if the version is missing, or is not one word
     */
    Release {
        if (version.isEmpty() && !check && !acceptChanges) {
            throw new IllegalArgumentException("a release must have a version, such as 2.4.0");
        }
        version.filter(name -> !ONE_WORD.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("version \"" + name
                    + "\" must be a name without white space and control characters, such as 2.4.0");
        });
    }

    /** Whether the module has nothing to do with migrations. */
    boolean isOfNoMigrations() {
        return !Files.exists(file(RuntimeNames.CATALOG_FILE)) && !Files.exists(journal);
    }

    Outcome make() {
        try {
            if (!Files.exists(file(RuntimeNames.CATALOG_FILE))) {
                return Outcome.refused(file(RuntimeNames.CATALOG_FILE)
                        + " must exist; first compile the module with the processor, without findings other than"
                        + " ReleasedMigrationChanged, or correct the directory of the classes");
            }
            Catalog catalog = new Catalog(Files.readString(file(RuntimeNames.CATALOG_FILE)));
            return make(catalog, JournalReader.read(journal));
        } catch (IOException e) {
            return damaged(Reason.of(e));
        } catch (IllegalArgumentException e) {
            return damaged(e.getMessage());
        }
    }

    private Outcome damaged(String reason) {
        return Outcome.refused(file(RuntimeNames.CATALOG_FILE) + " must be a readable catalog, but " + reason
                + "; compile the whole module again");
    }

    private Outcome make(Catalog catalog, Journal read) {
        if (acceptChanges && read.isReadable() && read.exists()) {
            return accept(catalog.build(read), read);
        }
        Optional<Set<Long>> elsewhere = proof(catalog);
        if (elsewhere.isEmpty() && !bodiesUnread) {
            return Outcome.refused(
                    "the last compile into " + classes + " must have ended without an error and read all bodies;"
                            + " compile it all with javac, or, if javac cannot read the bodies (-proc:only, kapt, ecj),"
                            + " add --bodies-unread (Maven: -Dmigrations.bodiesUnread)");
        }
        Build build = catalog.build(read.beside(
                elsewhere.orElseGet(() -> lineVersions(catalog.build(read).gone()))));
        List<Finding> findings = Rules.checkJournal(build);
        if (!findings.isEmpty()) {
            return new Outcome(false, findings.stream().map(Finding::text).toList());
        }
        return append(build, read);
    }

    private Outcome append(Build build, Journal read) {
        String release = version.orElse("(unreleased)");
        List<JournalLine> lines = Stream.concat(
                        build.unreleased().stream().map(m -> JournalLine.of(CatalogLine.of(m), m.code(), release)),
                        build.unreleasedElsewhere().entrySet().stream()
                                .map(entry -> JournalLine.of(entry.getKey(), entry.getValue(), release)))
                .sorted(Comparator.comparingLong(line -> line.version().value()))
                .toList();
        Optional<JournalLine> unread =
                lines.stream().filter(JournalLine::isUnread).findFirst();
        if (unread.isPresent() && !bodiesUnread) {
            return Outcome.refused(unread.get().className()
                    + " must have a fingerprint, but its compiler gives no access to the source; compile the whole"
                    + " module with javac, after a clean, or, if that is not possible (kapt, ecj), add --bodies-unread"
                    + " (Maven: -Dmigrations.bodiesUnread)");
        }
        if (lines.isEmpty()) {
            return Outcome.done("journal: "
                    + releasedAlready(build.migrations().size()
                            + build.modules().migrations().size()));
        }
        if (check) {
            return listed(false, "journal: " + count(lines.size()) + " not released yet", lines);
        }
        return JournalWriter.append(read, lines)
                .map(this::unwritable)
                .orElseGet(() -> listed(
                        true, "journal: " + count(lines.size()) + " released in " + version.orElseThrow(), lines));
    }

    /** Accepts changed code and names only: a new phase or order isn't a rename. */
    private Outcome accept(Build build, Journal read) {
        List<JournalLine> lines = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (JournalLine line : read.lines()) {
            JournalLine now = build.repaired(line);
            if (line.runPhase().equals(now.runPhase()) && !now.equals(line)) {
                lines.add(now);
                told.add("  - " + line.text());
                told.add("  + " + now.text());
            }
        }
        if (lines.isEmpty()) {
            return Outcome.done("journal: no released migration has changed, according to the last compile");
        }
        told.add(0, "journal: " + count(lines.size()) + (check ? " changed" : " accepted as changed; check each line"));
        return (check ? Optional.<String>empty() : JournalWriter.replace(read, lines))
                .map(this::unwritable)
                .orElseGet(() -> new Outcome(!check, told));
    }

    /** {@return the released versions that are in other modules; absent if the catalog isn't proven} */
    private Optional<Set<Long>> proof(Catalog catalog) {
        try {
            List<String> lines = Files.readAllLines(file(RuntimeNames.PROOF_FILE));
            return lines.isEmpty() || !lines.get(0).equals(catalog.hash())
                    ? Optional.empty()
                    : Optional.of(lines.stream()
                            .skip(1)
                            .map(line -> Long.parseLong(line.replace("_", "")))
                            .collect(Collectors.toSet()));
        } catch (IOException | NumberFormatException e) {
            // A missing or damaged file proves nothing.
            return Optional.empty();
        }
    }

    private Outcome unwritable(String reason) {
        return Outcome.refused("[UnwritableJournal] journal " + journal + " must be a writable file, but " + reason
                + "; nothing has been written; run the release again once it is");
    }

    private static Outcome listed(boolean done, String head, List<JournalLine> lines) {
        List<String> told = new ArrayList<>(List.of(head));
        lines.forEach(line -> told.add("  + " + line.text()));
        return new Outcome(done, told);
    }

    private static String releasedAlready(int migrations) {
        return switch (migrations) {
            case 0 -> "there is no migration to release";
            case 1 -> "the only migration is already released";
            default -> "all " + migrations + " migrations are already released";
        };
    }

    private static String count(int migrations) {
        return migrations == 1 ? "1 migration" : migrations + " migrations";
    }

    private static Set<Long> lineVersions(List<JournalLine> lines) {
        return lines.stream().map(line -> line.version().value()).collect(Collectors.toSet());
    }

    private Path file(String name) {
        return classes.resolve(name);
    }
}
