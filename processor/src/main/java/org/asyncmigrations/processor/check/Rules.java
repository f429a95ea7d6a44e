package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Build.Stray;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Written;

/** All rules, in the order in which the findings of one class are printed. */
public final class Rules {
    private static final List<BiConsumer<Build, Findings>> ALL = List.of(
            OptionRules::unknown,
            OptionRules::bad,
            JournalRules::unreadable,
            JournalRules::missing,
            ModuleRules::unclearPackage,
            ModuleRules::registryElsewhere,
            ModuleRules::prefix,
            ModuleRules::withoutSpring,
            ModuleRules::included,
            JournalRules::noLongerIncluded,
            each(DeclarationRules::twoPhases),
            eachVersioned(VersionRules::nonPositive),
            eachVersioned(VersionRules::implausible),
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
            each(IndependenceRules::missingWrites),
            each(IndependenceRules::badNames),
            IndependenceRules::waitsForIndependent,
            (build, findings) -> new SharedTables(build, Map.of()).check(findings),
            each(MarkerRules::unsealed),
            each(ContentRules::retiredColumns));

    /** Rules about code that javac has attributed. */
    private static final List<BiConsumer<Code, Findings>> OF_CODE = List.of(
            ContentRules::schemaChanges,
            ContentRules::drops,
            ContentRules::unboundedChanges,
            ContentRules::batchRows,
            ContentRules::notExecuted,
            ContentRules::backfill);

    private static final List<BiConsumer<Build, Findings>> JOURNAL = List.of(
            OptionRules::bad,
            JournalRules::unreadable,
            JournalRules::missing,
            JournalRules::outOfOrder,
            JournalRules::changed,
            JournalRules::included);

    private Rules() {}

    /** {@return the findings of a compile without migrations, for which nothing is written, sorted} */
    public static List<Finding> check(List<Stray> strays) {
        return check(strays, List.of(DeclarationRules::strays), List.of());
    }

    /** {@return the findings about a catalog's build and its journal, before a release is appended, sorted} */
    public static List<Finding> checkJournal(Build build) {
        return check(build, JOURNAL, List.of());
    }

    /** {@return the findings of a build, sorted} */
    public static List<Finding> check(Build build) {
        return check(build, ALL, build.migrations());
    }

    /** {@return the findings about the code of a migration, sorted} */
    public static List<Finding> check(Code code) {
        return check(code, OF_CODE, List.of(code.migration()));
    }

    /**
     * {@return the findings about tables that migrations share, if only their code shows it, sorted}
     *
     * @param walked the tables of their keys, by the names of the migrations
     */
    public static List<Finding> checkTables(Build build, Map<String, Written> walked) {
        return check(build, List.of((b, findings) -> new SharedTables(b, walked).check(findings)), build.migrations());
    }

    private static <T> List<Finding> check(T judged, List<BiConsumer<T, Findings>> rules, List<Migration> migrations) {
        Findings findings = new Findings(migrations);
        rules.forEach(rule -> rule.accept(judged, findings));
        return findings.sorted();
    }

    private static BiConsumer<Build, Findings> each(BiConsumer<Migration, Findings> rule) {
        return (build, findings) -> build.migrations().forEach(migration -> rule.accept(migration, findings));
    }

    private static BiConsumer<Build, Findings> eachVersioned(BiConsumer<Migration, Findings> rule) {
        return (build, findings) -> build.versioned().forEach(migration -> rule.accept(migration, findings));
    }
}
