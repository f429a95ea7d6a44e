package org.asyncmigrations.processor.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One compile: everything that is checked and written.
 *
 * @param migrations the migrations, in the order of versions
 * @param strays annotations for migrations on other classes, in the order of classes
 * @param journal the journal, absent if no option names one
 */
public record Build(
        RegistryPackage registryPackage,
        List<Migration> migrations,
        List<Stray> strays,
        Modules modules,
        Options options,
        Optional<Journal> journal) {
    /**
     * An annotation for migrations on a class that isn't one.
     *
     * @param annotation its name without package
     */
    public record Stray(String annotation, String simpleName, Origin origin) {}

    public Build {
        migrations = migrations.stream().sorted(Migration.ORDER).toList();
        strays = List.copyOf(strays);
    }

    /** {@return the migrations whose version could be read} */
    public List<Migration> versioned() {
        return migrations.stream().filter(m -> m.version().readable()).toList();
    }

    /** {@return the same migrations by version, usually one each} */
    public SortedMap<Long, List<Migration>> byVersion() {
        return versioned().stream()
                .collect(Collectors.groupingBy(m -> m.version().value(), TreeMap::new, Collectors.toList()));
    }

    /** {@return the versions that the registry runs, or knows to have run} */
    public Set<Long> runVersions() {
        Set<Long> run = new HashSet<>(byVersion().keySet());
        modules.runnable().stream().flatMap(OtherRegistry::taken).forEach(listed -> run.add(listed.version()));
        retired().forEach(line -> run.add(line.version().value()));
        return run;
    }

    /** {@return the journal, if there is one and all of it can be read; otherwise it isn't used} */
    public Optional<Journal> readableJournal() {
        return journal.filter(Journal::isReadable);
    }

    /** {@return the lines of the journal; none if it can't be read} */
    public List<JournalLine> releasedLines() {
        return readableJournal().map(Journal::lines).orElse(List.of());
    }

    /** {@return the migrations that aren't in the journal, in the order of versions} */
    public List<Migration> unreleased() {
        Set<Long> released = releasedVersions();
        return versioned().stream()
                .filter(m -> !released.contains(m.version().value()))
                .toList();
    }

    /** {@return the migrations of included registries that aren't in the journal, with what is known of their code} */
    public SortedMap<CatalogLine, String> unreleasedElsewhere() {
        SortedMap<CatalogLine, String> left = new TreeMap<>(CatalogLine.ORDER);
        left.putAll(modules.code());
        Set<Long> released = releasedVersions();
        left.keySet().removeIf(listed -> released.contains(listed.version()));
        return left;
    }

    /**
     * {@return the line of the journal as it must be for the migration's current code, here or in an included registry} The same
     * line if nothing has changed, if it is retired, or if there is no such migration.
     */
    public JournalLine repaired(JournalLine line) {
        if (line.isRetired()) {
            return line;
        }
        return versioned().stream()
                .filter(m -> m.version().value() == line.version().value())
                .findFirst()
                .map(migration -> line.repaired(CatalogLine.of(migration), migration.code()))
                .or(() -> Optional.ofNullable(modules.code().get(line.listed()))
                        .map(code -> line.repaired(line.listed(), code)))
                .orElse(line);
    }

    /** {@return the lines of the journal whose version no migration of this build has} */
    public List<JournalLine> gone() {
        Set<Long> here = byVersion().keySet();
        return releasedLines().stream()
                .filter(line -> !here.contains(line.version().value()))
                .toList();
    }

    /** {@return those of the lines whose classes are deleted for good} */
    public List<JournalLine> retired() {
        return gone().stream().filter(JournalLine::isRetired).toList();
    }

    private Set<Long> releasedVersions() {
        return releasedLines().stream().map(line -> line.version().value()).collect(Collectors.toSet());
    }
}
