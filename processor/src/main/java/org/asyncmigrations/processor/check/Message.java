package org.asyncmigrations.processor.check;

import static org.asyncmigrations.processor.check.Severity.ERROR;
import static org.asyncmigrations.processor.check.Severity.WARNING;

import java.util.Locale;

/**
 * All that can be said, in the grammar <i>subject</i> may not, or must, <i>constraint</i>; <i>what to do</i>. Several messages
 * share a name where one rule has several cases. Each has a sample among the tests.
 */
public enum Message {
    /** A version of 0 or less. */
    NON_POSITIVE_VERSION(
            "NonPositiveVersion",
            ERROR,
            "version %s of %s must be greater than 0",
            "give it the present UTC time, as date -u +%%Y%%m%%d_%%H%%M%%S prints it"),
    /** Nine digits or more that are no date and time. */
    IMPLAUSIBLE_TIMESTAMP(
            "ImplausibleTimestamp",
            WARNING,
            "version %s of %s must be a date and time of 14 digits, or a number of at most 8",
            "look for a digit that is missing, wrong or too many: it would run %s, and its row would stay in the database"),
    /** Timestamps and plain numbers in one build. */
    MIXED_VERSIONS(
            "ImplausibleTimestamp",
            WARNING,
            "version %s of %s may not be of another form than %s of %s",
            "write all versions of a build as timestamps, or none"),
    /** One version twice. */
    DUPLICATE_VERSION(
            "DuplicateVersion",
            ERROR,
            "version %s of %s may not be the version of %s too",
            "give one of them another version, for example the present UTC time (date -u +%%Y%%m%%d_%%H%%M%%S)"),
    /** The version of one that was retired. */
    RETIRED_VERSION(
            "DuplicateVersion",
            ERROR,
            "version %s of %s may not be that of %s, which was retired (release %s)",
            "give it another version, for example the present UTC time (date -u +%%Y%%m%%d_%%H%%M%%S)"),
    /** {@code after} names one that is not run here. */
    DEPENDENCY_ELSEWHERE(
            "NotAMigration",
            ERROR,
            "%s, which %s comes after, must be a migration that this registry runs",
            "include the registry of its module with @AsyncMigrations(include = …), or take it out of after"),
    /** {@code after} names something else. */
    NOT_A_MIGRATION(
            "NotAMigration",
            ERROR,
            "%s, which %s comes after, must be a migration",
            "annotate it @AsyncMigration or @AfterRelease, or take it out of after"),
    /** An annotation of migrations on another class. */
    STRAY_ANNOTATION(
            "NotAMigration",
            ERROR,
            "%s, which is annotated @%s, must be a migration",
            "annotate it @AsyncMigration or @AfterRelease, or take the annotation away"),
    /** {@code after} names a later one. */
    DEPENDENCY_NOT_EARLIER(
            "DependencyNotEarlier",
            ERROR,
            "%s, which %s comes after, must have a version below %s, but has %s",
            "take it out of after, or exchange the two versions if neither has been released"),
    /** {@code after} names the class itself. */
    DEPENDENCY_ON_ITSELF("DependencyNotEarlier", ERROR, "%s may not come after itself", "take it out of after"),
    /** No marker. */
    MISSING_IDEMPOTENCY(
            "MissingIdempotency", ERROR, "%s must say why a second run of it does no harm", "annotate it %s"),
    /** {@code By.TRANSACTION} without a transaction. */
    TRANSACTION_WITHOUT_ONE(
            "UnfitIdempotency",
            ERROR,
            "By.TRANSACTION may not mark %s, whose work commits by itself with transactional = false",
            "implement Guarded and mark it By.GUARD, or mark it By.DECLARATION with a reason"),
    /** {@code By.TRANSACTION} with many transactions. */
    TRANSACTION_OF_BATCHES(
            "UnfitIdempotency",
            ERROR,
            "By.TRANSACTION may not mark %s, which commits batch by batch",
            "annotate it %s"),
    /** {@code By.PENDING_ROWS} on one piece. */
    PENDING_ROWS_WITHOUT_BATCHES(
            "UnfitIdempotency", ERROR, "By.PENDING_ROWS may not mark %s, which is no BatchMigration", "annotate it %s"),
    /** {@code By.PENDING_ROWS} where every row is pending for ever. */
    PENDING_ROWS_WITHOUT_PENDING(
            "UnfitIdempotency",
            ERROR,
            "By.PENDING_ROWS may not mark %s, which does not override pending()",
            "override pending() with the condition of the rows that still need the change"),
    /** {@code By.GUARD} without one. */
    GUARD_WITHOUT_GUARDED(
            "UnfitIdempotency",
            ERROR,
            "By.GUARD may not mark %s, which does not implement Guarded",
            "implement Guarded, whose isDone(MigrationRun) is asked before each attempt"),
    /** Batches are transactions. */
    BATCHES_WITHOUT_TRANSACTION(
            "UnfitIdempotency",
            ERROR,
            "transactional = false may not stand on %s, a BatchMigration, whose rows and progress commit together",
            "take it out, or make a DataMigration of it"),
    /** {@code By.DECLARATION} that declares nothing. */
    MISSING_REASON(
            "MissingReason",
            ERROR,
            "By.DECLARATION of %s must give its reason",
            "add because = \"…\" with a sentence that reviewers can check"),
    /** A permission without a reason. */
    PERMISSION_WITHOUT_REASON(
            "MissingReason",
            ERROR,
            "@ChangesSchema of %s must give its reason",
            "write because = \"…\" with a sentence that reviewers can check"),
    /** {@code requiresSchema} that nothing can be. */
    BLANK_SCHEMA_VERSION(
            "BlankSchemaVersion",
            ERROR,
            "requiresSchema of %s must name a version, without spaces around it",
            "write a version of Flyway's, such as \"12.3\", or the id of a change set of Liquibase's, or take it out"),
    /** A batch migration whose end cannot be proven. */
    UNSEALED_BATCH(
            "UnsealedBatch",
            WARNING,
            "%s must override pending() to be checked again before an after-release migration that comes after it",
            "override pending() with the condition of the rows that still need the change"),
    /** Both annotations. */
    TWO_PHASES("TwoPhases", ERROR, "%s may not be both @AsyncMigration and @AfterRelease", "take one of the two away"),
    /** Something else than a class. */
    NOT_A_CLASS(
            "NotInstantiable",
            ERROR,
            "migration %s must be a plain class, not %s",
            "make it a public final class with a public constructor"),
    /** An abstract class. */
    ABSTRACT_CLASS(
            "NotInstantiable",
            ERROR,
            "migration %s may not be abstract",
            "annotate the classes that extend it, each with a version of its own"),
    /** An inner class. */
    INNER_CLASS(
            "NotInstantiable",
            ERROR,
            "migration %s may not be an inner class",
            "make it static, or move it to a file of its own"),
    /** A generic class. */
    GENERIC_CLASS(
            "NotInstantiable",
            ERROR,
            "migration %s may not have type parameters",
            "annotate a class that extends it and fills them in"),
    /** A class that generated code cannot name. */
    HIDDEN_CLASS(
            "NotInstantiable",
            ERROR,
            "migration %s must be visible in package %s, where the registry is",
            "make it, and the classes around it, public"),
    /** No constructor that generated code can call. */
    NO_CONSTRUCTOR(
            "NotInstantiable",
            ERROR,
            "migration %s must have a constructor that is visible in package %s, where the registry is",
            "make one public"),
    /** No constructor of a Kotlin class that generated code can call. */
    NO_KOTLIN_CONSTRUCTOR(
            "NotInstantiable",
            ERROR,
            "migration %s must have a constructor that is visible in package %s, where the registry is",
            "write class instead of object, make its constructor public, and declare no parameter of a value class"),
    /** A choice of constructors. */
    SEVERAL_CONSTRUCTORS(
            "NotInstantiable",
            ERROR,
            "migration %s may not have several constructors that are visible in package %s",
            "make all but one private"),
    /** A choice of constructors in Kotlin, which writes one without parameters where all have default values. */
    SEVERAL_KOTLIN_CONSTRUCTORS(
            "NotInstantiable",
            ERROR,
            "migration %s may not have several constructors that are visible in package %s",
            "remove the default values of its parameters and @JvmOverloads, or make the other constructors private"),
    /** A constructor with type parameters. */
    GENERIC_CONSTRUCTOR(
            "NotInstantiable",
            ERROR,
            "the constructor of migration %s may not have type parameters",
            "name the types that it is called with"),
    /** A parameter that generated code cannot name. */
    HIDDEN_PARAMETER(
            "NotInstantiable",
            ERROR,
            "the type of parameter %s of migration %s must be visible in package %s, where Services is",
            "make the type public"),
    /** A parameter of a type that another processor generates, or nobody. */
    TYPE_UNKNOWN_TO_KAPT(
            "NotInstantiable",
            ERROR,
            "the type of parameter %s of migration %s must be known to kapt",
            "correct its name, or, if another processor generates it, set kapt's option correctErrorTypes"),
    /** One name and type, and different annotations. */
    DIFFERENT_QUALIFIERS(
            "AmbiguousService",
            ERROR,
            "%s may not have the name and the type of %s but other annotations (%s here, %s there)",
            "give the two parameters different names: each gets a method of its own in %s"),
    /** Two parameters whose methods would have one name. */
    SERVICE_NAME_TAKEN(
            "AmbiguousService",
            ERROR,
            "method %s() of %s may not be there for both %s and %s",
            "give the parameter a name that no other one has"),
    /** Neither kind of migration. */
    NO_MIGRATION_TYPE(
            "NoMigrationType",
            ERROR,
            "migration %s must implement DataMigration or BatchMigration",
            "implement SqlBackfill or BatchMigration for many rows, DataMigration for few"),
    /** Both kinds of migration. */
    TWO_MIGRATION_TYPES(
            "NoMigrationType",
            ERROR,
            "migration %s may not implement both DataMigration and BatchMigration",
            "implement SqlBackfill or BatchMigration for many rows, DataMigration for few"),
    /** Migrations in several packages. */
    NO_REGISTRY_PACKAGE(
            "NoRegistryPackage",
            ERROR,
            "one package must be annotated @AsyncMigrations where migrations are in several (%s)",
            "annotate the one that AsyncMigrationRegistry shall be in, in its package-info.java"),
    /** Several annotated packages. */
    SEVERAL_REGISTRY_PACKAGES(
            "NoRegistryPackage",
            ERROR,
            "packages %s may not all be annotated @AsyncMigrations",
            "leave the annotation on the one that AsyncMigrationRegistry shall be in"),
    /** A prefix that is no part of a name. */
    BAD_PREFIX(
            "BadPrefix",
            ERROR,
            "prefix \"%s\" must be at most 40 letters, digits and underscores, and not begin with a digit",
            "write a prefix such as \"async_\""),
    /** A schema that is no name. */
    BAD_SCHEMA(
            "BadPrefix",
            ERROR,
            "schema \"%s\" may not have quotes, semicolons or control characters in it, nor more than 63 characters",
            "write the name as the database spells it, without quotes"),
    /** Services that no class can be called. */
    BAD_SERVICES(
            "BadPrefix",
            ERROR,
            "services \"%s\" must be a name that a class can have, without package",
            "write a name such as \"MigrationServices\""),
    /** A version twice, in two modules. */
    DUPLICATE_VERSION_ELSEWHERE(
            "DuplicateVersion",
            ERROR,
            "version %s of %s may not be the version of %s in %s too",
            "give it another version, for example the present UTC time (date -u +%%Y%%m%%d_%%H%%M%%S)"),
    /** A version twice, in two included registries. */
    DUPLICATE_VERSION_INCLUDED(
            "DuplicateVersion",
            ERROR,
            "version %s of %s in %s may not be the version of %s in %s too",
            "give one of them another version in its module, or leave one of the two out of include"),
    /** {@code include} names something else. */
    NOT_A_REGISTRY(
            "NotARegistry",
            ERROR,
            "%s, which package %s includes, must be a registry that this processor has generated",
            "include the AsyncMigrationRegistry of another module, or compile that module with the processor"),
    /** {@code include} names what is being generated. */
    INCLUDES_ITSELF(
            "NotARegistry",
            ERROR,
            "package %s may not include the registry that is generated into it",
            "take it out of include; the migrations of this module are in it already"),
    /** A class of the user's where generated code has to be. */
    NAME_TAKEN(
            "NameTaken",
            ERROR,
            "class %s may not be written by hand, because the registry's classes have that name",
            "rename it, or annotate another package @AsyncMigrations, or, for Services, give the generated interface another"
                    + " name: @AsyncMigrations(services = \"…\")"),
    /** What is to be generated is there already. */
    GENERATED_ALREADY(
            "NameTaken",
            ERROR,
            "generated class %s may not be there before it is generated",
            "delete it: a copy among the sources, or, where ecj compiles outside of an IDE, the class files of the build"
                    + " before"),
    /** What is to be generated is another module's. */
    REGISTRY_ELSEWHERE(
            "NameTaken",
            WARNING,
            "%s may not be generated here too, because it is already in another module or in the main tree",
            "annotate another package @AsyncMigrations, or put the tests' migrations into another package"),
    /** A migration that comes after the registry. */
    MIGRATION_TOO_LATE(
            "MigrationTooLate",
            ERROR,
            "migration %s may not be generated after the registry has been written",
            "generate it in the first round, or compile it in a module before this one"),
    /** A column that is taken away and still named. */
    RETIRED_COLUMN_NAMED(
            "RetiredColumnNamed",
            ERROR,
            "column %s, which %s retires, may not be a field of %s any more, but is %s",
            "take the column out of code generation and deploy that before, or retire it in a later release"),
    /** A column without a name. */
    RETIRED_COLUMN_BLANK(
            "RetiredColumnNamed",
            ERROR,
            "the column of %s that %s retires must have a name",
            "write the column's name as the database spells it"),
    /** An after-release migration that changes the schema. */
    SCHEMA_CHANGE_AFTER_RELEASE(
            "SchemaChangeAfterRelease",
            ERROR,
            "%s may not be in after-release migration %s, which is for data",
            "move it to the migrations of the schema, or annotate the class @ChangesSchema(because = \"…\")"),
    /** All rows of a table in one statement. */
    UNBOUNDED_CHANGE(
            "UnboundedChange",
            WARNING,
            "%s in %s must have a condition, because all rows of the table are locked until it commits",
            "make it a BatchMigration, or add a condition (or, for a small table, @SuppressWarnings)"),
    /** A batch migration that uses nothing of its batch but the way to the database. */
    BATCH_ROWS_UNUSED(
            "BatchRowsUnused",
            ERROR,
            "migrate() of %s must change only the rows of its batch, but does not use %s.rows()",
            "add .where(%s.rows()) to its statement"),
    /** All rows of a table in one statement of jOOQ's, in each batch. */
    WHOLE_TABLE_IN_BATCH(
            "BatchRowsUnused",
            ERROR,
            "migrate() of %s must change only the rows of its batch, but this statement changes the whole table in every"
                    + " batch",
            "add .where(%s.rows())"),
    /** All rows of a table in one SQL text, in each batch. */
    WHOLE_TABLE_TEXT_IN_BATCH(
            "BatchRowsUnused",
            ERROR,
            "migrate() of %s must change only the rows of its batch, but this statement is not limited to them",
            "send it with %s.execute(\"… where {rows}\")"),
    /** A back-fill of rows that nobody names. */
    BACKFILL_WITHOUT_PENDING(
            "IncompleteBackfill",
            ERROR,
            "backfill() of %s must say which rows still need the change",
            "add .pending(\"… is null\"), the condition that is true before a row is changed and false afterwards"),
    /** A back-fill that changes nothing. */
    BACKFILL_WITHOUT_SET(
            "IncompleteBackfill", ERROR, "backfill() of %s must set a column", "add .set(\"column\", \"expression\")"),
    /** An option that nobody reads. */
    UNKNOWN_OPTION(
            "UnknownOption",
            WARNING,
            "option -A%s must be one that this version knows",
            "take it away, or look for the slip in its name; known are -A%s and -A%s"),
    /** A journal's path that is empty, relative or none. */
    JOURNAL_NOT_ABSOLUTE(
            "BadOption",
            ERROR,
            "option -Aasyncmigrations.journal must be an absolute path, but is \"%s\"",
            "write -Aasyncmigrations.journal=${project.basedir}/src/main/migrations/journal"),
    /** A journal that is not there. */
    MISSING_JOURNAL(
            "BadOption",
            ERROR,
            "journal %s must be there, unless a release is being made",
            "correct the path, or make the first release with -Aasyncmigrations.release=<name>"),
    /** A release whose name breaks its line. */
    UNFIT_RELEASE(
            "BadOption",
            ERROR,
            "release \"%s\" must be a name without white space and control characters",
            "write for example -Aasyncmigrations.release=2.4.0"),
    /** A release that is written nowhere. */
    RELEASE_WITHOUT_JOURNAL(
            "BadOption",
            ERROR,
            "release \"%s\" may not be made without a journal",
            "say where it is with -Aasyncmigrations.journal=<absolute path>"),
    /** A release without fingerprints. */
    RELEASE_WITHOUT_SOURCE(
            "BadOption",
            ERROR,
            "release \"%s\" may not be made by a compiler that hands out no source, as of %s",
            "make it with javac, or, after a compile of some files over what ecj has left, compile all, clean; nothing has"
                    + " been written"),
    /** A journal that cannot be read at all. */
    UNREADABLE_JOURNAL(
            "UnreadableJournal",
            ERROR,
            "journal %s must be a file that the compiler can read, but %s",
            "correct the option or the file"),
    /** A journal of another encoding. */
    JOURNAL_NOT_UTF8("UnreadableJournal", ERROR, "%s: what is here must be UTF-8", "save the journal in that encoding"),
    /** A journal that is half merged. */
    UNMERGED_JOURNAL(
            "UnreadableJournal",
            ERROR,
            "%s: the conflict marker %s may not be in a journal",
            "resolve the merge: keep the lines of both sides, sorted by version"),
    /** A line of too many fields, or too few. */
    JOURNAL_FIELDS(
            "UnreadableJournal",
            ERROR,
            "%s: a line must have 5 fields, but has %s",
            "write version, phase, fingerprint, release and class, with a space between"),
    /** A version that is no number. */
    JOURNAL_VERSION(
            "UnreadableJournal",
            ERROR,
            "%s: version %s must be a number greater than 0, such as 20261121_093000",
            "take the line from version control, or the version from the class"),
    /** A phase that there is not. */
    JOURNAL_PHASE(
            "UnreadableJournal",
            ERROR,
            "%s: phase %s must be ASYNC or AFTER_RELEASE",
            "take the line from version control, or the phase from the class's annotation"),
    /** A fingerprint that is none. */
    JOURNAL_FINGERPRINT(
            "UnreadableJournal",
            ERROR,
            "%s: fingerprint %s must be of the digits 0-9 and a-f, or the word retired",
            "take the line from version control"),
    /** A version that two lines have. */
    JOURNAL_TWICE(
            "UnreadableJournal",
            ERROR,
            "%s: version %s may not be here and in line %s too",
            "take one of the two lines away; if they are of two classes, give the one that is not released yet another version"),
    /** A line that is not in its place. */
    JOURNAL_ORDER(
            "UnreadableJournal",
            ERROR,
            "%s: version %s may not be behind the greater one of line %s",
            "sort the lines by version, or give the class that is not released yet a greater one"),
    /** Lines beyond those that have been named. */
    JOURNAL_MORE(
            "UnreadableJournal",
            ERROR,
            "%s more places of journal %s must be corrected",
            "correct those above first, and compile again"),
    /** A journal that takes no lines. */
    UNWRITABLE_JOURNAL(
            "UnwritableJournal",
            ERROR,
            "journal %s must be a file that the compiler can write, but %s",
            "release once more when it is; nothing has been written"),
    /** A date and time that others have overtaken. */
    OUT_OF_ORDER_VERSION(
            "OutOfOrderVersion",
            ERROR,
            "version %s of %s must be above %s, the newest in the journal (release %s)",
            "give it %s, or the present UTC time (date -u +%%Y%%m%%d_%%H%%M%%S)"),
    /** A plain number that others have overtaken. */
    OUT_OF_ORDER_NUMBER(
            "OutOfOrderVersion",
            ERROR,
            "version %s of %s must be above %s, the newest in the journal (release %s)",
            "give it %s"),
    /** Other code than was released. */
    RELEASED_CODE_CHANGED(
            "ReleasedMigrationChanged",
            ERROR,
            "the code of %s may not change after its release (%s)",
            "undo the change, or, for a wanted repair, replace %s by this line: %s"),
    /** Another phase than was released. */
    RELEASED_PHASE_CHANGED(
            "ReleasedMigrationChanged",
            ERROR,
            "the phase of %s may not change after its release (%s)",
            "take back the annotation, or, for a wanted repair, replace %s by this line: %s"),
    /** A released migration that is nowhere. */
    RELEASED_MIGRATION_MISSING(
            "ReleasedMigrationMissing",
            ERROR,
            "%s: version %s (%s, release %s) must be a migration of this build or of its class path",
            "bring it back, or, when every environment has run it, replace the line by this one: %s"),
    /** Released migrations beyond those that have been named. */
    RELEASED_MIGRATIONS_MISSING(
            "ReleasedMigrationMissing",
            ERROR,
            "%s more lines of journal %s must be migrations of this build or of its class path",
            "look whether the option names the journal of another module");

    private final String findingName;
    private final Severity severity;
    private final String template;

    Message(String findingName, Severity severity, String subject, String advice) {
        this.findingName = findingName;
        this.severity = severity;
        this.template = subject + "; " + advice;
    }

    /** {@return the name that users see in brackets, and suppress warnings by} */
    public String findingName() {
        return findingName;
    }

    /** {@return whether it ends the compile} */
    public Severity severity() {
        return severity;
    }

    String text(Object... arguments) {
        return "[" + findingName + "] " + String.format(Locale.ROOT, template, arguments);
    }
}
