package org.asyncmigrations;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One migration of a build: a line of the generated registry's catalog. Immutable and thread-safe.
 *
 * @param version its identity and its place in the order
 * @param name its class's full name
 * @param phase when it may run
 * @param marker why a second run does no harm
 * @param fingerprint a hash of its code, {@link #UNKNOWN} if its source wasn't available
 * @param transactional whether a {@link DataMigration} runs in one transaction with its record
 * @param after the versions that must be done before it
 * @param description what it does, empty for none
 * @param changesSchema whether an after-release migration may change the schema, see {@link ChangesSchema}
 * @param release for a retired migration, the release that still has its class; empty for others
 * @param requiresSchema the version of the schema that it needs, empty for none
 * @param start whether it waits for an approval before it begins
 * @param startsAfter the shortest time between its registration and its start, in ISO-8601; empty for no delay
 * @param independent whether it is outside the order of versions, see {@link AsyncMigration#independent}
 * @param writes the tables that it writes besides the table of its key, see {@link AsyncMigration#writes}
 */
public record MigrationEntry(
        long version,
        String name,
        Phase phase,
        By marker,
        String fingerprint,
        boolean transactional,
        List<Long> after,
        String description,
        boolean changesSchema,
        String release,
        String requiresSchema,
        Start start,
        String startsAfter,
        boolean independent,
        List<String> writes) {
    /** The fingerprint of code whose source wasn't available. It equals every other fingerprint. */
    public static final String UNKNOWN = "-";

    /** Instead of a fingerprint: the migration was released, and its class has been deleted since. */
    public static final String RETIRED = "retired";

    /**
     * Copies the lists, and checks the duration.
     *
     * @param version its version
     * @param name its class's full name
     * @param phase when it may run
     * @param marker why a second run does no harm
     * @param fingerprint a hash of its code
     * @param transactional whether it runs in one transaction with its record
     * @param after the versions that must be done before it
     * @param description what it does
     * @param changesSchema whether it may change the schema
     * @param release the release that it was retired from
     * @param requiresSchema the version of the schema that it needs
     * @param start whether it waits for an approval before it begins
     * @param startsAfter the shortest time between its registration and its start
     * @param independent whether it is outside the order of versions
     * @param writes the tables that it writes besides the table of its key
     * @throws java.time.format.DateTimeParseException if {@code startsAfter} isn't a duration
     */
    public MigrationEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(marker, "marker");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(requiresSchema, "requiresSchema");
        Objects.requireNonNull(start, "start");
        if (!startsAfter.isEmpty()) {
            Duration.parse(startsAfter);
        }
        after = List.copyOf(after);
        writes = List.copyOf(writes);
    }

    /**
     * An entry of the phase {@link Phase#ASYNC}.
     *
     * @param version its version
     * @param name its class's full name
     * @param marker why a second run does no harm
     * @param fingerprint a hash of its code
     * @return the entry
     */
    public static MigrationEntry async(long version, String name, By marker, String fingerprint) {
        return of(version, name, Phase.ASYNC, marker, fingerprint, "");
    }

    /**
     * An entry of the phase {@link Phase#AFTER_RELEASE}.
     *
     * @param version its version
     * @param name its class's full name
     * @param marker why a second run does no harm
     * @param fingerprint a hash of its code
     * @return the entry
     */
    public static MigrationEntry afterRelease(long version, String name, By marker, String fingerprint) {
        return of(version, name, Phase.AFTER_RELEASE, marker, fingerprint, "");
    }

    /**
     * An entry of a {@link SchemaMigration}, which looks in the catalog before each attempt what is already done.
     *
     * @param version its version
     * @param name its class's full name
     * @param phase when it may run
     * @param fingerprint a hash of its code
     * @return the entry
     */
    public static MigrationEntry schema(long version, String name, Phase phase, String fingerprint) {
        return of(version, name, phase, By.GUARD, fingerprint, "")
                .withoutTransaction()
                .changingSchema();
    }

    /**
     * An entry of a migration whose class has been deleted.
     *
     * @param version its version
     * @param name the full name that its class had
     * @param phase its phase
     * @param release the release that still has its class, which a database that never ran it must pass through
     * @return the entry
     */
    public static MigrationEntry retired(long version, String name, Phase phase, String release) {
        return of(version, name, phase, By.DECLARATION, RETIRED, release);
    }

    private static MigrationEntry of(
            long version, String name, Phase phase, By marker, String fingerprint, String release) {
        return new MigrationEntry(
                version,
                name,
                phase,
                marker,
                fingerprint,
                true,
                List.of(),
                "",
                false,
                release,
                "",
                Start.AUTOMATIC,
                "",
                false,
                List.of());
    }

    /**
     * The same entry with auto-commit.
     *
     * @return an entry with {@code transactional = false}
     */
    public MigrationEntry withoutTransaction() {
        return with(false, after, description, changesSchema, requiresSchema, start, startsAfter);
    }

    /**
     * The same entry, after other migrations.
     *
     * @param versions the versions that must be done before it
     * @return an entry with these dependencies
     */
    public MigrationEntry after(Long... versions) {
        return with(transactional, List.of(versions), description, changesSchema, requiresSchema, start, startsAfter);
    }

    /**
     * The same entry with a description.
     *
     * @param sentence what it does
     * @return an entry with this description
     */
    public MigrationEntry describedAs(String sentence) {
        return with(transactional, after, sentence, changesSchema, requiresSchema, start, startsAfter);
    }

    /**
     * The same entry, allowed to change the schema.
     *
     * @return an entry whose statements may change the schema
     */
    public MigrationEntry changingSchema() {
        return with(transactional, after, description, true, requiresSchema, start, startsAfter);
    }

    /**
     * The same entry, waiting for a version of the schema.
     *
     * @param schemaVersion what must be in Flyway's or Liquibase's history before it runs
     * @return an entry that waits for it
     */
    public MigrationEntry requiringSchema(String schemaVersion) {
        return with(transactional, after, description, changesSchema, schemaVersion, start, startsAfter);
    }

    /**
     * The same entry, waiting for approval.
     *
     * @return an entry that waits for an operator before it begins
     */
    public MigrationEntry onApproval() {
        return with(transactional, after, description, changesSchema, requiresSchema, Start.ON_APPROVAL, startsAfter);
    }

    /**
     * The same entry with a delay after its registration.
     *
     * @param delay an ISO-8601 duration such as {@code PT2H} or {@code P1D}; empty for no delay
     * @return an entry that doesn't begin earlier
     * @throws java.time.format.DateTimeParseException if the delay isn't a duration
     */
    public MigrationEntry startingAfter(String delay) {
        return with(transactional, after, description, changesSchema, requiresSchema, start, delay);
    }

    /**
     * The same entry without approval and delay, as for a database that is assumed to be new.
     *
     * @return an entry without approval and delay
     */
    public MigrationEntry startingAtOnce() {
        return with(transactional, after, description, changesSchema, requiresSchema, Start.AUTOMATIC, "");
    }

    /**
     * The same entry, outside the order of versions.
     *
     * @return an entry with {@code independent = true}
     */
    public MigrationEntry independently() {
        return with(true, writes);
    }

    /**
     * The same entry with the tables that it writes besides the table of its key.
     *
     * @param tables their names, spelled as in the database
     * @return an entry that never runs on these tables at the same time as another migration, if either is independent
     */
    public MigrationEntry writing(String... tables) {
        return with(independent, List.of(tables));
    }

    private MigrationEntry with(boolean outOfOrder, List<String> tables) {
        return new MigrationEntry(
                version,
                name,
                phase,
                marker,
                fingerprint,
                transactional,
                after,
                description,
                changesSchema,
                release,
                requiresSchema,
                start,
                startsAfter,
                outOfOrder,
                tables);
    }

    private MigrationEntry with(
            boolean inTransaction,
            List<Long> versions,
            String sentence,
            boolean mayChange,
            String schemaVersion,
            Start begins,
            String delay) {
        return new MigrationEntry(
                version,
                name,
                phase,
                marker,
                fingerprint,
                inTransaction,
                versions,
                sentence,
                mayChange,
                release,
                schemaVersion,
                begins,
                delay,
                independent,
                writes);
    }

    /** {@return whether its statements may change the schema; an after-release migration's only if it says so} */
    public boolean mayChangeSchema() {
        return phase == Phase.ASYNC || changesSchema;
    }

    /** {@return whether its class has been deleted from this build, so that it must already be done} */
    public boolean isRetired() {
        return fingerprint.equals(RETIRED);
    }

    /**
     * The class's name without its package, for messages.
     *
     * @return the simple name
     */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Whether another fingerprint counts as the same code.
     *
     * @param other the other fingerprint
     * @return true if they are equal or either is {@link #UNKNOWN}
     */
    public boolean isSameCode(String other) {
        return fingerprint.equals(other) || fingerprint.equals(UNKNOWN) || other.equals(UNKNOWN);
    }

    /**
     * A version as people write it.
     *
     * @param version a version
     * @return {@code 20261121_093000} for a timestamp, plain digits for any other number; for a negative one, {@code sealing of}
     *     and the version that it seals
     */
    public static String written(long version) {
        if (version < 0) {
            return "sealing of " + written(Long.toString(version).substring(1));
        }
        return written(Long.toString(version));
    }

    private static String written(String digits) {
        return digits.length() == 14 ? digits.substring(0, 8) + "_" + digits.substring(8) : digits;
    }

    /** {@return the version and the class, as in messages} */
    @Override
    public String toString() {
        String migration = "migration " + written(Math.abs(version)) + " (" + simpleName() + ")";
        return version < 0 ? "the sealing of " + migration : migration;
    }
}
