package org.asyncmigrations.processor.model;

/**
 * A line of the journal: a migration that has been released.
 *
 * @param number where it stands in the file, from 1; 0 where it is not written yet
 * @param version its version
 * @param phase its phase
 * @param fingerprint that of its code, {@link #UNREAD} or {@link #RETIRED}
 * @param release the release that it came with
 * @param className its class's full name
 */
public record JournalLine(
        int number, Version version, Phase phase, String fingerprint, String release, String className) {
    /** In place of a fingerprint: the class may be deleted. */
    public static final String RETIRED = "retired";

    /** In place of a fingerprint: the code could not be read when it was released. Version and phase are checked, code is not. */
    public static final String UNREAD = "unread";

    /**
     * The line of a migration that is being released.
     *
     * @param migration the migration
     * @param release the release
     * @return its line
     */
    public static JournalLine of(Migration migration, String release) {
        Phase phase = migration.declaration().phase();
        String read = migration.fingerprint();
        String fingerprint = read.equals(RuntimeNames.UNKNOWN_FINGERPRINT) ? UNREAD : read;
        return new JournalLine(0, migration.version(), phase, fingerprint, release, migration.name());
    }

    /**
     * The line of a migration of an included registry that is being released.
     *
     * @param listed the migration
     * @param code its phase and fingerprint
     * @param release the release
     * @return its line
     */
    public static JournalLine of(CatalogLine listed, String code, String release) {
        return new JournalLine(
                0,
                new Version(listed.version(), true, Origin.BUILD),
                Phase.valueOf(code.substring(0, code.indexOf(' '))),
                code.substring(code.indexOf(' ') + 1),
                release,
                listed.className());
    }

    /** {@return the migration as registries list it} */
    public CatalogLine listed() {
        return new CatalogLine(version.value(), className);
    }

    /** {@return whether its code could not be read} */
    public boolean isUnread() {
        return fingerprint.equals(UNREAD);
    }

    /** {@return whether the class may be deleted} */
    public boolean isRetired() {
        return fingerprint.equals(RETIRED);
    }

    /** {@return whether code of another fingerprint counts as the code that was released} */
    boolean isSameCode(String other) {
        return isRetired()
                || fingerprint.equals(UNREAD)
                || fingerprint.equals(other)
                || other.equals(RuntimeNames.UNKNOWN_FINGERPRINT);
    }

    /**
     * Whether a migration is still what was released.
     *
     * @param migration one of the same version
     * @return true when code and phase are the same
     */
    public boolean isUnchanged(Migration migration) {
        return isSameCode(migration.fingerprint())
                && phase == migration.declaration().phase();
    }

    /**
     * The line as it has to be for what it has become in an included registry.
     *
     * @param code the phase and fingerprint that the migration has there
     * @return a line under the same release, this one if nothing has changed
     */
    public JournalLine repaired(String code) {
        JournalLine now = of(listed(), code, release);
        String hash = isSameCode(now.fingerprint) ? fingerprint : now.fingerprint;
        return new JournalLine(number, version, now.phase, hash, release, className);
    }

    /**
     * The line as it has to be when a change is a wanted repair.
     *
     * @param migration one of the same version
     * @return a line under the same release
     */
    public JournalLine repaired(Migration migration) {
        String code = isSameCode(migration.fingerprint()) ? fingerprint : migration.fingerprint();
        return new JournalLine(number, version, migration.declaration().phase(), code, release, migration.name());
    }

    /** {@return the line as it has to be for the class to be deleted} */
    public JournalLine retired() {
        return new JournalLine(number, version, phase, RETIRED, release, className);
    }

    /** {@return the line as it is written, without its end} */
    public String text() {
        return String.join(" ", version.separated(), phase.name(), fingerprint, release, className);
    }
}
