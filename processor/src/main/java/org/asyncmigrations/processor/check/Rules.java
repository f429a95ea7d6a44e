package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Stray;

/** All that must hold, in the order in which the findings of one class are printed. */
public final class Rules {
    private static final List<Rule> ALL = List.of(
            new UnknownOption(),
            new BadOption(),
            new UnreadableJournal(),
            new ReleasedMigrationMissing(),
            new NoRegistryPackage(),
            new RegistryElsewhere(),
            new BadPrefix(),
            new NotARegistry(),
            new TwoPhases(),
            new NonPositiveVersion(),
            new ImplausibleTimestamp(),
            new DuplicateVersion(),
            new DuplicateAcrossModules(),
            new OutOfOrderVersion(),
            new ReleasedMigrationChanged(),
            new NotAMigration(),
            new DependencyNotEarlier(),
            new NoMigrationType(),
            new NotInstantiable(),
            new MissingIdempotency(),
            new UnfitIdempotency(),
            new MissingReason(),
            new BlankSchemaVersion(),
            new UnsealedBatch(),
            new RetiredColumnNamed());

    /** What is read when javac has attributed the code. */
    private static final List<CodeRule> OF_CODE = List.of(
            new SchemaChangeAfterRelease(), new UnboundedChange(), new BatchRowsUnused(), new IncompleteBackfill());

    private Rules() {}

    /**
     * Judges a compile without any migration, for which nothing is written.
     *
     * @param strays the annotations that stand on no migration
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(List<Stray> strays) {
        Findings findings = new Findings();
        NotAMigration.check(strays, findings);
        return findings.sorted();
    }

    /**
     * Judges a build.
     *
     * @param build the build
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(Build build) {
        Findings findings = new Findings();
        ALL.forEach(rule -> rule.check(build, findings));
        return findings.sorted();
    }

    /**
     * Judges the code of a migration.
     *
     * @param code the code
     * @return all that is wrong with it, sorted
     */
    public static List<Finding> check(Code code) {
        Findings findings = new Findings();
        OF_CODE.forEach(rule -> rule.check(code, findings));
        return findings.sorted();
    }
}
