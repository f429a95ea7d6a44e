package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalFault;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.Version;

/** Rules about the journal itself, and about the build compared with it. */
final class JournalRules {
    /**
     * The maximum number of findings of a kind: more would only repeat the same mistake, and push other findings off the screen.
     */
    private static final int MOST = 10;

    private JournalRules() {}

    /** A journal must be readable as a whole: an unreadable line might be the one that matters. */
    static void unreadable(Build build, Findings findings) {
        build.journal().ifPresent(journal -> {
            String path = Quoted.inLine(journal.path());
            List<JournalFault> faults = journal.faults();
            faults.stream().limit(MOST).forEach(fault -> unreadable(path, fault, findings));
            more(faults.size(), "place", Message.JOURNAL_MORE, path, findings);
        });
    }

    private static void unreadable(String path, JournalFault fault, Findings findings) {
        String place = fault.line() == 0 ? path : path + ":" + fault.line() + ":" + fault.column();
        Message message = switch (fault.kind()) {
            case FILE -> Message.UNREADABLE_JOURNAL;
            case BYTES -> Message.JOURNAL_NOT_UTF8;
            case CONFLICT -> Message.UNMERGED_JOURNAL;
            case FIELDS -> Message.JOURNAL_FIELDS;
            case VERSION -> Message.JOURNAL_VERSION;
            case PHASE -> Message.JOURNAL_PHASE;
            case FINGERPRINT -> Message.JOURNAL_FINGERPRINT;
            case TWICE -> Message.JOURNAL_TWICE;
            case ORDER -> Message.JOURNAL_ORDER;
        };
        findings.add(message, Origin.BUILD, place, Quoted.of(fault.detail()), fault.other());
    }

    /** An environment that hasn't run a released migration yet can't run a class that is gone. */
    static void missing(Build build, Findings findings) {
        build.readableJournal().ifPresent(journal -> missing(build, journal, findings));
    }

    private static void missing(Build build, Journal journal, Findings findings) {
        // The compiler reports an error for each version that it could not read.
        Set<String> unversioned = build.migrations().stream()
                .filter(migration -> !migration.version().readable())
                .map(Migration::name)
                .collect(Collectors.toSet());
        Set<Long> elsewhere = new HashSet<>(build.modules().versions());
        elsewhere.addAll(journal.elsewhere());
        List<JournalLine> missing = build.gone().stream()
                .filter(line -> !line.isRetired()
                        && !elsewhere.contains(line.version().value())
                        && !unversioned.contains(line.className()))
                .toList();
        String path = Quoted.inLine(journal.path());
        Map<String, Migration> unreleased = build.unreleased().stream()
                .collect(Collectors.toMap(Migration::name, Function.identity(), (one, same) -> one));
        missing.stream()
                .limit(MOST)
                .forEach(line -> missing(
                        line, Optional.ofNullable(unreleased.get(line.className())), place(journal, line), findings));
        more(missing.size(), "line", Message.RELEASED_MIGRATIONS_MISSING, path, findings);
    }

    private static void missing(JournalLine line, Optional<Migration> renumbered, String place, Findings findings) {
        String release = Quoted.of(line.release());
        String retired = Quoted.inLine(line.retired().text());
        renumbered.ifPresentOrElse(
                migration -> findings.add(
                        Message.RELEASED_VERSION_CHANGED,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.simpleName(),
                        line.version().literal(),
                        release,
                        place,
                        retired),
                () -> findings.add(
                        Message.RELEASED_MIGRATION_MISSING,
                        Origin.BUILD,
                        place,
                        line.version().separated(),
                        Quoted.of(line.className()),
                        release,
                        retired));
    }

    /**
     * A registry that ran released migrations may not be on the class path without being included, because nothing would run
     * them. It is recognized by name, or, if the module has been renamed, by the version of a class that was never in this
     * module's package: a migration of this module may have moved into another one.
     */
    static void noLongerIncluded(Build build, Findings findings) {
        RegistryPackage here = build.registryPackage();
        Set<Long> run = build.runVersions();
        List<JournalLine> left = new ArrayList<>(build.gone());
        left.removeIf(line -> run.contains(line.version().value()));
        build.modules().onClassPath().stream()
                .sorted(Comparator.comparing(registry -> -registry.migrations().size()))
                .forEach(registry -> {
                    Set<Long> versions = registry.migrations().stream()
                            .map(CatalogLine::version)
                            .collect(Collectors.toSet());
                    List<JournalLine> lost = left.stream()
                            .filter(line -> versions.contains(line.version().value()))
                            .filter(line -> registry.migrations().contains(line.listed())
                                    || !line.className().startsWith(here.packageName() + "."))
                            .toList();
                    if (left.removeAll(lost)) {
                        findings.add(
                                Message.RELEASED_REGISTRY_LEFT_OUT,
                                here.origin(),
                                registry.name(),
                                lost.size(),
                                Quoted.of(lost.get(0).className()),
                                Quoted.of(lost.get(0).release()),
                                Quoted.inLine(build.journal().orElseThrow().path()));
                    }
                });
    }

    private static void more(int all, String what, Message message, String path, Findings findings) {
        int more = all - MOST;
        if (more > 0) {
            findings.add(message, Origin.BUILD, more + " more " + what + (more == 1 ? "" : "s"), path);
        }
    }

    private static String place(Journal journal, JournalLine line) {
        return Quoted.inLine(journal.path()) + ":" + line.number();
    }

    /** In environments that have run a released migration, its new code would never run. */
    static void changed(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = build.byVersion();
        build.readableJournal().ifPresent(journal -> {
            for (JournalLine line : journal.lines()) {
                List<Migration> same = byVersion.getOrDefault(line.version().value(), List.of());
                // If two have the same version, nobody knows which was released; DuplicateVersion reports them.
                if (same.size() == 1) {
                    changed(journal, line, same.get(0), findings);
                }
            }
        });
    }

    private static void changed(Journal journal, JournalLine line, Migration migration, Findings findings) {
        JournalLine now = line.repaired(CatalogLine.of(migration), migration.code());
        if (!now.runPhase().equals(line.runPhase()) || !now.fingerprint().equals(line.fingerprint())) {
            Message message = now.phase() != line.phase()
                    ? Message.RELEASED_PHASE_CHANGED
                    : now.runPhase().equals(line.runPhase())
                            ? Message.RELEASED_CODE_CHANGED
                            : Message.RELEASED_ORDER_CHANGED;
            findings.add(
                    message,
                    migration.origin(),
                    migration.simpleName(),
                    Quoted.of(line.release()),
                    place(journal, line),
                    Quoted.inLine(now.text()));
        }
    }

    /** A new migration with a lower version than a released one would run in another order in production than in development. */
    static void outOfOrder(Build build, Findings findings) {
        build.readableJournal().flatMap(Journal::newest).ifPresent(newest -> outOfOrder(build, newest, findings));
    }

    private static void outOfOrder(Build build, JournalLine newest, Findings findings) {
        Set<Long> taken = build.byVersion().keySet();
        Version free = newest.version();
        for (Migration migration : build.unreleased()) {
            long version = migration.version().value();
            if (version > 0 && version < newest.version().value()) {
                do {
                    free = free.next();
                } while (taken.contains(free.value()));
                findings.add(
                        free.isTimestamp() ? Message.OUT_OF_ORDER_VERSION : Message.OUT_OF_ORDER_NUMBER,
                        migration.version(),
                        migration.simpleName(),
                        newest.version().literal(),
                        Quoted.of(newest.release()),
                        free.literal());
            }
        }
    }

    /**
     * Included migrations run in one order with this module's. A registry that is included for the first time may have any
     * versions. Once the journal has lines of it, its other migrations are new. Compared by name, because a migration of this
     * module may have moved into another one.
     */
    static void included(Build build, Findings findings) {
        build.readableJournal().ifPresent(journal -> {
            Map<CatalogLine, JournalLine> lines =
                    journal.lines().stream().collect(Collectors.toMap(JournalLine::listed, Function.identity()));
            Map<CatalogLine, String> unreleased = build.unreleasedElsewhere();
            Set<CatalogLine> seen = new HashSet<>();
            for (OtherRegistry registry : build.modules().runnable()) {
                boolean known = registry.migrations().stream().anyMatch(lines::containsKey);
                for (CatalogLine listed : registry.migrations()) {
                    JournalLine line = lines.get(listed);
                    String code = registry.code().get(listed);
                    if (!seen.add(listed) || code == null) {
                        continue;
                    }
                    if (line != null) {
                        includedChanged(registry, journal, line, line.repaired(listed, code), findings);
                    } else if (known && unreleased.containsKey(listed)) {
                        journal.newest().ifPresent(newest -> includedTooLow(registry, listed, newest, findings));
                    }
                }
            }
        });
    }

    private static void includedChanged(
            OtherRegistry registry, Journal journal, JournalLine line, JournalLine now, Findings findings) {
        if (!now.equals(line)) {
            findings.add(
                    Message.RELEASED_CODE_CHANGED_ELSEWHERE,
                    registry.origin(),
                    line.className(),
                    registry.name(),
                    Quoted.of(line.release()),
                    place(journal, line),
                    Quoted.inLine(now.text()));
        }
    }

    private static void includedTooLow(
            OtherRegistry registry, CatalogLine listed, JournalLine newest, Findings findings) {
        if (listed.version() < newest.version().value()) {
            findings.add(
                    Message.OUT_OF_ORDER_ELSEWHERE,
                    registry.origin(),
                    listed.literal(),
                    listed.className(),
                    registry.name(),
                    newest.version().literal(),
                    Quoted.of(newest.release()));
        }
    }
}
