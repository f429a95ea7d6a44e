package org.asyncmigrations.processor.check;

import static org.asyncmigrations.processor.check.Severity.WARNING;

import java.time.Instant;
import java.util.Locale;
import org.asyncmigrations.processor.model.Version;

/**
 * All findings. Each reads: <i>subject</i> may not, or must, <i>constraint</i>; <i>what to do</i>. Several messages have the same
 * name if a rule has several cases. Each has a sample in the tests, and each name has a heading in {@code FINDINGS.md}.
 */
public enum Message {
    NON_POSITIVE_VERSION(
            "NonPositiveVersion", "version %s of %s must be greater than 0", "use the current UTC time, {now}"),
    IMPLAUSIBLE_TIMESTAMP(
            "ImplausibleTimestamp",
            WARNING,
            "version %s of %s must be a date and time of 14 digits, or a number of at most 8",
            "check it for a missing, wrong or extra digit, because with this version the migration runs %s"),
    MIXED_VERSIONS(
            "ImplausibleTimestamp",
            WARNING,
            "version %s of %s must have the same form as %s of %s",
            "use timestamps for all versions of a build, or plain numbers for all"),
    DUPLICATE_VERSION(
            "DuplicateVersion",
            "version %s of %s may not be the version of %s too",
            "give one of them another version, such as the current UTC time, {now}"),
    DUPLICATE_OF_RELEASED(
            "DuplicateVersion",
            "version %s of %s may not be the version of %s too",
            "%s is released (%s), so give the other one another version, such as the current UTC time, {now}"),
    RETIRED_VERSION(
            "DuplicateVersion",
            "version %s of %s may not be the version of %s, which is retired (release %s)",
            "give it another version, such as the current UTC time, {now}"),
    DEPENDENCY_ELSEWHERE(
            "NotAMigration",
            "%s, which %s comes after, must be a migration that this registry runs",
            "include the registry of its module with @AsyncMigrations(include = …), or remove it from after"),
    NOT_A_MIGRATION(
            "NotAMigration",
            "%s, which %s comes after, must be a migration",
            "annotate it with @AsyncMigration or @AfterRelease, or remove it from after"),
    STRAY_ANNOTATION(
            "NotAMigration",
            "%s, which is annotated @%s, must be a migration",
            "annotate it with @AsyncMigration or @AfterRelease, or remove that annotation"),
    DEPENDENCY_NOT_EARLIER(
            "DependencyNotEarlier",
            "%s, which %s comes after, must have a version below %s, but has %s",
            "remove it from after, or swap the two versions if neither is released"),
    DEPENDENCY_ON_ITSELF("DependencyNotEarlier", "%s may not come after itself", "remove it from after"),
    MISSING_IDEMPOTENCY("MissingIdempotency", "%s must say why it is safe to run again", "annotate it with %s"),
    TRANSACTION_WITHOUT_ONE(
            "UnfitIdempotency",
            "By.TRANSACTION may not mark %s, whose statements commit one by one (transactional = false)",
            "implement Guarded and use By.GUARD, or use By.DECLARATION with a reason"),
    TRANSACTION_OF_BATCHES(
            "UnfitIdempotency", "By.TRANSACTION may not mark %s, which commits batch by batch", "annotate it with %s"),
    PENDING_ROWS_WITHOUT_BATCHES(
            "UnfitIdempotency",
            "By.PENDING_ROWS may not mark %s, which is not a BatchMigration",
            "annotate it with %s"),
    PENDING_ROWS_WITHOUT_PENDING(
            "UnfitIdempotency",
            "By.PENDING_ROWS may not mark %s, which does not override pending()",
            "override pending() with the condition for rows that still need the change"),
    GUARD_WITHOUT_GUARDED(
            "UnfitIdempotency",
            "By.GUARD may not mark %s, which does not implement Guarded",
            "implement Guarded, whose isDone(MigrationRun) is called before each attempt"),
    MARKER_OF_SCHEMA_CHANGE(
            "UnfitIdempotency",
            "By.%s may not mark %s, a SchemaMigration, which checks in the database what is already done",
            "remove @Idempotent"),
    BATCHES_WITHOUT_TRANSACTION(
            "UnfitIdempotency",
            "transactional = false may not be set on %s, because a BatchMigration commits its rows and its progress together",
            "remove it, or write a DataMigration"),
    MISSING_REASON(
            "MissingReason",
            "%s of %s must give its reason",
            "add because = \"…\" with a sentence that reviewers can check"),
    BLANK_SCHEMA_VERSION(
            "BlankSchemaVersion",
            "requiresSchema of %s must name a version, without spaces around it",
            "use a Flyway version such as \"12.3\" or the id of a Liquibase change set, or remove it"),
    BAD_DELAY(
            "BadDelay",
            "startsAfter of %s must be an ISO-8601 duration above zero, of at most 365 days, but is \"%s\"",
            "use days, hours, minutes or seconds, such as \"PT2H\" or \"P1D\", or start = Start.ON_APPROVAL"),
    HOLDS_UP_OTHERS(
            "HoldsUpOthers",
            WARNING,
            "%s, which %s, may not hold up others, but holds up %s; the first is %s",
            "give it a version above theirs, or remove start and startsAfter once it is done everywhere (or, if they may wait,"
                    + " @SuppressWarnings)"),
    MISSING_WRITES(
            "MissingWrites",
            "independent migration %s must name the tables that it writes, because nothing else keeps other"
                    + " migrations from writing them at the same time",
            "add writes = {\"orders\"} with their names as the database spells them, or writes = {} if it writes none"),
    BAD_TABLE_NAME(
            "BadTableName",
            "\"%s\" in writes of %s must be the name of a table, without quotes or spaces around it",
            "write it as the database spells it, such as \"orders\", or \"billing.orders\" with its schema"),
    TABLE_NAMED_TWICE("BadTableName", "writes of %s may not name \"%s\" twice", "remove one of the two"),
    WAITS_FOR_INDEPENDENT(
            "WaitsForIndependent",
            WARNING,
            "%s, which runs in order, may not come after %s, which is independent, because all migrations after it would wait for %2$s too",
            "add independent = true to %1$s, or remove it from %2$s (or, if they may wait, @SuppressWarnings)"),
    SHARED_TABLE(
            "SharedTable",
            WARNING,
            "independent migration %s must be ordered before or after %s, which also writes %s, because otherwise either may run first"
                    + " (never both at once)",
            "add after = %s.class to %s (or, if the order does not matter, @SuppressWarnings)"),
    UNSEALED_BATCH(
            "UnsealedBatch",
            WARNING,
            "%s must override pending(), because otherwise rows that older instances write during the migration are"
                    + " missed",
            "override pending() with the condition for rows that still need the change"),
    TWO_PHASES("TwoPhases", "%s may not be both @AsyncMigration and @AfterRelease", "remove one of the two"),
    NOT_A_CLASS(
            "NotInstantiable",
            "migration %s must be a plain class, not %s",
            "make it a public final class with a public constructor"),
    ABSTRACT_CLASS(
            "NotInstantiable",
            "migration %s may not be abstract",
            "annotate its subclasses instead, each with its own version"),
    INNER_CLASS(
            "NotInstantiable", "migration %s may not be an inner class", "make it static, or move it to its own file"),
    GENERIC_CLASS("NotInstantiable", "migration %s may not have type parameters", "annotate a subclass that sets them"),
    HIDDEN_CLASS(
            "NotInstantiable",
            "migration %s must be visible in package %s, where the registry is",
            "make it and its enclosing classes public"),
    NO_CONSTRUCTOR(
            "NotInstantiable",
            "migration %s must have a constructor that is visible in package %s, where the registry is",
            "make one public"),
    NO_KOTLIN_CONSTRUCTOR(
            "NotInstantiable",
            "migration %s must have a constructor that is visible in package %s, where the registry is",
            "write class instead of object, make its constructor public, and declare no parameter of a value class"),
    SEVERAL_CONSTRUCTORS(
            "NotInstantiable",
            "migration %s may not have several constructors that are visible in package %s",
            "make exactly one of them public"),
    SEVERAL_KOTLIN_CONSTRUCTORS(
            "NotInstantiable",
            "migration %s may not have several constructors that are visible in package %s",
            "remove the default values of its parameters and @JvmOverloads, or make the other constructors private"),
    GENERIC_CONSTRUCTOR(
            "NotInstantiable", "the constructor of migration %s may not have type parameters", "use concrete types"),
    HIDDEN_PARAMETER(
            "NotInstantiable",
            "the type of parameter %s of migration %s must be visible in package %s, where Services is",
            "make the type public"),
    OWN_REGISTRY(
            "NotInstantiable",
            "parameter %s of migration %s may not be of class %s, which is generated from the migrations",
            "take each service that it needs as a parameter, and name the migrations that it waits for in after"),
    NAMELESS_CLASS(
            "NotInstantiable",
            "migration %s may not be in a compact source file, because no other file can name it",
            "move it to a file of its own"),
    TYPE_UNKNOWN_TO_KAPT(
            "NotInstantiable",
            "the type of parameter %s of migration %s must be known to kapt",
            "correct its name, or, if another processor generates it, set kapt's option correctErrorTypes"),
    DIFFERENT_QUALIFIERS(
            "AmbiguousService",
            "%s may not have the same name and type as %s but different annotations (%s here, %s there)",
            "give the two parameters different names: each gets a method of its own in %s"),
    SERVICE_NAME_TAKEN(
            "AmbiguousService",
            "method %s() of %s may not serve both %s and %s",
            "give one of the two parameters another name"),
    NO_MIGRATION_TYPE(
            "NoMigrationType",
            "migration %s must implement DataMigration, BatchMigration or SchemaMigration",
            "implement SqlBackfill or BatchMigration for many rows, DataMigration for few, SchemaMigration for the schema"),
    TWO_MIGRATION_TYPES(
            "NoMigrationType",
            "migration %s may not implement several of DataMigration, BatchMigration and SchemaMigration",
            "implement SqlBackfill or BatchMigration for many rows, DataMigration for few, SchemaMigration for the schema"),
    NO_REGISTRY_PACKAGE(
            "NoRegistryPackage",
            "one package must be annotated @AsyncMigrations, because the migrations are in several (%s)",
            "annotate the package for AsyncMigrationRegistry, in its package-info.java"),
    SEVERAL_REGISTRY_PACKAGES(
            "NoRegistryPackage",
            "packages %s may not all be annotated @AsyncMigrations",
            "keep the annotation only on the package for AsyncMigrationRegistry"),
    BAD_PREFIX(
            "BadPrefix",
            "prefix \"%s\" must be at most 40 letters, digits and underscores, and not begin with a digit",
            "use a prefix such as \"async_\""),
    BAD_SCHEMA(
            "BadPrefix",
            "schema \"%s\" may not contain quotes, brackets, semicolons or control characters, or have more than 63"
                    + " characters",
            "write the name as the database spells it, without quotes"),
    BAD_SERVICES(
            "BadPrefix",
            "services \"%s\" must be a valid class name without a package, and not one that java.lang or the registry"
                    + " uses",
            "write a name such as \"MigrationServices\""),
    DUPLICATE_VERSION_ELSEWHERE(
            "DuplicateVersion",
            "version %s of %s may not be the version of %s in %s too",
            "give it another version, such as the current UTC time, {now}"),
    DUPLICATE_VERSION_INCLUDED(
            "DuplicateVersion",
            "version %s of %s in %s may not be the version of %s in %s too",
            "give one of them another version in its module, or remove one of the two from include"),
    SPRING_MISSING(
            "MissingDependency",
            "components = Components.SPRING of package %s must have async-migrations-spring-boot-starter on the class path",
            "add the dependency org.asyncmigrations:async-migrations-spring-boot-starter, or remove components"),
    NOT_A_REGISTRY(
            "NotARegistry",
            "%s, which package %s includes, must be a registry that this processor generated",
            "include the AsyncMigrationRegistry of another module, or compile that module with the processor"),
    INCLUDES_ITSELF(
            "NotARegistry",
            "package %s may not include the registry that is generated into it",
            "remove it from include, because it already runs the migrations of this module"),
    NAME_TAKEN(
            "NameTaken",
            "class %s may not have the name of a generated class",
            "rename it, or annotate another package @AsyncMigrations; Services can be renamed with @AsyncMigrations(services = \"…\")"),
    GENERATED_ALREADY(
            "NameTaken",
            "generated class %s may not exist before it is generated",
            "delete it: it is a copy among the sources or, if ecj compiles outside an IDE, a class file of the previous build"),
    REGISTRY_ELSEWHERE(
            "NameTaken",
            WARNING,
            "%s may not be generated here too, because another module or the main source tree already has it",
            "annotate another package @AsyncMigrations, or move the tests' migrations to another package"),
    MIGRATION_TOO_LATE(
            "MigrationTooLate",
            "migration %s may not be generated after the registry",
            "generate it in the first round, or compile it in another module first"),
    PART_TOO_LATE(
            "MigrationTooLate",
            "%s of migration %s may not be generated after the registry",
            "generate it in an earlier round, or compile it in another module first"),
    RETIRED_COLUMN_NAMED(
            "RetiredColumnNamed",
            "column %s, which %s retires, may no longer be a field of %s, but is still there as %s",
            "remove the column from code generation and deploy that first, or retire it in a later release"),
    RETIRED_COLUMN_BLANK(
            "RetiredColumnNamed",
            "the column of %s that %s retires must have a name",
            "write the column's name as the database spells it"),
    SCHEMA_CHANGE_AFTER_RELEASE(
            "SchemaChangeAfterRelease",
            "%s may not be in after-release migration %s, which is for data",
            "move it to the migrations of the schema, or annotate the class @ChangesSchema(because = \"…\")"),
    DROP_BEFORE_RELEASE(
            "DropBeforeRelease",
            "%s may not be in %s, which runs while older instances may still use what is dropped",
            "annotate the class @AfterRelease instead of @AsyncMigration"),
    UNBOUNDED_CHANGE(
            "UnboundedChange",
            WARNING,
            "%s in %s must have a condition, because all rows of the table are locked until it commits",
            "make it a BatchMigration, or add a condition (or, for a small table, @SuppressWarnings)"),
    BATCH_ROWS_UNUSED(
            "BatchRowsUnused",
            "migrate() of %s must change only the rows of its batch, but does not use %s.rows()",
            "add .where(%2$s.rows()) to its statement, or %2$s.rowsSql() to its SQL text"),
    WHOLE_TABLE_IN_BATCH(
            "BatchRowsUnused",
            "migrate() of %s must change only the rows of its batch, but this statement changes the whole table in every"
                    + " batch",
            "add .where(%s.rows())"),
    WHOLE_TABLE_TEXT_IN_BATCH(
            "BatchRowsUnused",
            "migrate() of %s must change only the rows of its batch, but this statement is not limited to them",
            "send it with %s.execute(\"… where {rows}\")"),
    ROWS_MISSPELLED("BatchRowsUnused", "%s in this text of %s must be {rows}", "write it in lower case without spaces"),
    QUERY_NOT_EXECUTED(
            "QueryNotExecuted",
            "the statement that %s() begins in %s must be executed, because it is only built here and never sent",
            "end it with .execute() or .fetch(), or pass it to a method that executes it"),
    BACKFILL_WITHOUT_PENDING(
            "IncompleteBackfill",
            "backfill() of %s must say which rows still need the change",
            "add .pending(\"… is null\"), the condition that is true before a row is changed and false afterwards"),
    BACKFILL_WITHOUT_SET(
            "IncompleteBackfill", "backfill() of %s must set a column", "add .set(\"column\", \"expression\")"),
    UNKNOWN_OPTION(
            "UnknownOption",
            WARNING,
            "option -A%s is not an option of this version",
            "remove it, or correct its name to -A%s"),
    JOURNAL_NOT_ABSOLUTE(
            "BadOption",
            "option -Aasyncmigrations.journal must be an absolute path, but is \"%s\"",
            "use -Aasyncmigrations.journal=${project.basedir}/src/main/migrations/journal"),
    MISSING_JOURNAL(
            "BadOption",
            "journal %s must exist",
            "correct the path, or create an empty file: the release step appends to it"),
    RELEASE_OPTION(
            "BadOption",
            "option -Aasyncmigrations.release=%1$s may not be given, because the compiler only checks the journal",
            "remove it, and release after the compile: mvn compile async-migrations:release -Dmigrations.release=%1$s,"
                    + " or java -jar async-migrations-processor.jar release --version %1$s"),
    UNREADABLE_JOURNAL(
            "UnreadableJournal",
            "journal %s must be a file that the compiler can read, but %s",
            "correct the option or the file"),
    JOURNAL_NOT_UTF8("UnreadableJournal", "%s: this text must be UTF-8", "save the journal in that encoding"),
    UNMERGED_JOURNAL(
            "UnreadableJournal",
            "%s: the conflict marker %s may not be in a journal",
            "resolve the merge: keep the lines of both sides, sorted by version"),
    JOURNAL_FIELDS(
            "UnreadableJournal",
            "%s: a line must have 5 fields, but has %s",
            "write version, phase, fingerprint, release and class, separated by spaces"),
    JOURNAL_VERSION(
            "UnreadableJournal",
            "%s: version %s must be a number greater than 0, such as 20261121_093000",
            "restore the line from version control, or copy the version from the class"),
    JOURNAL_PHASE(
            "UnreadableJournal",
            "%s: phase %s must be ASYNC or AFTER_RELEASE",
            "restore the line from version control, or copy the phase from the class's annotation"),
    JOURNAL_FINGERPRINT(
            "UnreadableJournal",
            "%s: fingerprint %s must consist of the digits 0-9 and a-f, or be the word retired",
            "restore the line from version control"),
    JOURNAL_TWICE(
            "UnreadableJournal",
            "%s: version %s may not be here and in line %s too",
            "remove one of the two lines; if they belong to two classes, give the class that is not released yet another version"),
    JOURNAL_ORDER(
            "UnreadableJournal",
            "%s: version %s may not come after the greater version in line %s",
            "sort the lines by version, or give the class that is not released yet a greater version"),
    JOURNAL_MORE(
            "UnreadableJournal", "%s of journal %s must be corrected", "correct those above first and compile again"),
    OUT_OF_ORDER_VERSION(
            "OutOfOrderVersion",
            "version %s of %s must be above %s, the newest in the journal (release %s)",
            "give it %s, or the current UTC time, {now}"),
    OUT_OF_ORDER_NUMBER(
            "OutOfOrderVersion",
            "version %s of %s must be above %s, the newest in the journal (release %s)",
            "give it %s"),
    RELEASED_CODE_CHANGED(
            "ReleasedMigrationChanged",
            "the code of %s may not change after its release (%s)",
            "undo the change, or, after a rename across the project, accept all with mvn async-migrations:release"
                    + " -Dmigrations.acceptChanges (without Maven: release --accept-changes), or, if it is an intended repair, replace %s by this line: %s"),
    RELEASED_PHASE_CHANGED(
            "ReleasedMigrationChanged",
            "the phase of %s may not change after its release (%s)",
            "restore the annotation, or, if it is an intended repair, replace %s by this line: %s"),
    RELEASED_ORDER_CHANGED(
            "ReleasedMigrationChanged",
            "independent of %s may not change after its release (%s)",
            "restore the annotation, or, if it is an intended repair, replace %s by this line: %s"),
    RELEASED_CODE_CHANGED_ELSEWHERE(
            "ReleasedMigrationChanged",
            "%s in %s may not have other code or another phase than in this module's release %s",
            "undo the change in its module, or, to accept it, replace %s by this line: %s"),
    OUT_OF_ORDER_ELSEWHERE(
            "OutOfOrderVersion",
            "version %s of %s in %s must be above %s, the newest in this module's journal (release %s)",
            "give it another version in its module, such as the current UTC time, {now}"),
    RELEASED_MIGRATION_MISSING(
            "ReleasedMigrationMissing",
            "%s: version %s (%s, release %s) must be a migration of this build or of its class path",
            "restore it, or correct the option if it names the journal of another module, or, if every environment has run it,"
                    + " replace the line by this one: %s"),
    RELEASED_REGISTRY_LEFT_OUT(
            "ReleasedMigrationMissing",
            "%s must be included, because this module has released %s of its migrations (the first is %s, in release %s)",
            "add it to include of @AsyncMigrations again, or, if another registry runs them from now on, remove their lines from"
                    + " %s, or, if every environment has run them, write retired in place of their fingerprints there"),
    RELEASED_VERSION_CHANGED(
            "ReleasedMigrationMissing",
            "version %s of %s may not replace %s, with which it was released (%s)",
            "restore that version, or, if this is a new migration and every environment has run the released one, replace %s by"
                    + " this line: %s"),
    RELEASED_MIGRATIONS_MISSING(
            "ReleasedMigrationMissing",
            "%s of journal %s must belong to this build or to its class path",
            "check whether the option names the journal of another module");

    /** The page that explains each finding. It is also in this jar, and has a heading for each name. */
    private static final String PAGE = "FINDINGS.md";

    private final String findingName;
    private final Severity severity;
    private final String template;

    Message(String findingName, String subject, String advice) {
        this(findingName, Severity.ERROR, subject, advice);
    }

    Message(String findingName, Severity severity, String subject, String advice) {
        this.findingName = findingName;
        this.severity = severity;
        // What to do comes last, because it may end with a line or a version to copy.
        this.template = subject + " (" + PAGE + "#" + findingName.toLowerCase(Locale.ROOT) + "); " + advice;
    }

    /** {@return the name in brackets, which also suppresses a warning} */
    public String findingName() {
        return findingName;
    }

    /** {@return whether it makes the compile fail} */
    public Severity severity() {
        return severity;
    }

    /** {@return the full text, with a link to the page} If it suggests a version, the version is this time. */
    String text(Instant now, Object... arguments) {
        String dated = template.replace("{now}", Version.at(now).literal());
        return "[" + findingName + "] " + String.format(Locale.ROOT, dated, arguments);
    }
}
