package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.function.BiConsumer;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Stray;

/** All that must hold, in the order in which the findings of one class are printed. */
public final class Rules {
    private static final List<BiConsumer<Build, Findings>> ALL = List.of(
            OptionRules::unknown,
            OptionRules::bad,
            JournalRules::unreadable,
            JournalRules::missing,
            ModuleRules::registryPackage,
            ModuleRules::registryElsewhere,
            ModuleRules::prefix,
            ModuleRules::included,
            each(DeclarationRules::twoPhases),
            VersionRules::nonPositive,
            VersionRules::implausible,
            VersionRules::mixed,
            VersionRules::duplicates,
            ModuleRules::duplicates,
            JournalRules::outOfOrder,
            JournalRules::changed,
            JournalRules::included,
            (build, findings) -> DeclarationRules.strays(build.strays(), findings),
            DeclarationRules::notAMigration,
            DeclarationRules::notEarlier,
            each(ShapeRules::type),
            ShapeRules::notInstantiable,
            ShapeRules::services,
            each(MarkerRules::missing),
            each(MarkerRules::unfit),
            each(MarkerRules::reason),
            each(DeclarationRules::blankSchemaVersion),
            each(StartRules::badDelay),
            StartRules::holdsUpOthers,
            each(MarkerRules::unsealed),
            each(ContentRules::retiredColumns));

    /** Of code, when javac has attributed it. */
    private static final List<BiConsumer<Code, Findings>> OF_CODE = List.of(
            ContentRules::schemaChanges,
            ContentRules::unboundedChanges,
            ContentRules::batchRows,
            ContentRules::backfill);

    private static final List<BiConsumer<Build, Findings>> JOURNAL = List.of(
            OptionRules::bad,
            JournalRules::unreadable,
            JournalRules::missing,
            JournalRules::outOfOrder,
            JournalRules::changed,
            JournalRules::included);

    private Rules() {}

    /**
     * Judges a compile without any migration, for which nothing is written.
     *
     * @param strays the annotations that stand on no migration
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(List<Stray> strays) {
        Findings findings = new Findings(List.of());
        DeclarationRules.strays(strays, findings);
        return findings.sorted();
    }

    /**
     * Judges a catalog against its journal, before a release is appended.
     *
     * @param build what the catalog tells
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> checkJournal(Build build) {
        Findings findings = new Findings(List.of());
        JOURNAL.forEach(rule -> rule.accept(build, findings));
        return findings.sorted();
    }

    /**
     * Judges a build.
     *
     * @param build the build
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(Build build) {
        Findings findings = new Findings(build.migrations());
        ALL.forEach(rule -> rule.accept(build, findings));
        return findings.sorted();
    }

    /**
     * Judges the code of a migration.
     *
     * @param code the code
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(Code code) {
        Findings findings = new Findings(List.of(code.migration()));
        OF_CODE.forEach(rule -> rule.accept(code, findings));
        return findings.sorted();
    }

    private static BiConsumer<Build, Findings> each(BiConsumer<Migration, Findings> rule) {
        return (build, findings) -> build.migrations().forEach(migration -> rule.accept(migration, findings));
    }
}
