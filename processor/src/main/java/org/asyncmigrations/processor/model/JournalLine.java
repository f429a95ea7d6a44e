package org.asyncmigrations.processor.model;

/**
 * A line of the journal: a migration that has been released.
 *
 * @param number its line number, from 1; 0 if it isn't in the file yet
 * @param runPhase when it may run
 * @param fingerprint the fingerprint of its code, {@link #UNREAD} or {@link #RETIRED}
 * @param className the full name of its class
 */
public record JournalLine(
        int number, Version version, RunPhase runPhase, String fingerprint, String release, String className) {
    /** Replaces a fingerprint: the class may be deleted. */
    public static final String RETIRED = "retired";

    /** Replaces a fingerprint: the code could not be read at the release. Version and phase are checked, but not the code. */
    public static final String UNREAD = "unread";

    /**
     * {@return the line of a migration that is being released}
     *
     * @param code its phase and fingerprint, as in catalogs
     */
    public static JournalLine of(CatalogLine listed, String code, String release) {
        String read = code.substring(code.indexOf(' ') + 1);
        return new JournalLine(
                0,
                new Version(listed.version(), true, Origin.BUILD),
                RunPhase.parse(code.substring(0, code.indexOf(' '))).orElseThrow(),
                read.equals(RuntimeNames.UNKNOWN_FINGERPRINT) ? UNREAD : read,
                release,
                listed.className());
    }

    /** {@return the migration, as in catalogs} */
    public CatalogLine listed() {
        return new CatalogLine(version.value(), className);
    }

    /** {@return its phase} */
    public Phase phase() {
        return runPhase.phase();
    }

    /** {@return whether its code could not be read} */
    public boolean isUnread() {
        return fingerprint.equals(UNREAD);
    }

    /** {@return whether the class may be deleted} */
    public boolean isRetired() {
        return fingerprint.equals(RETIRED);
    }

    /**
     * {@return the line as it must be for the migration's current code, in the same release; an equal one if nothing has changed}
     *
     * @param now the migration, with the same version
     * @param code its phase and fingerprint, as in catalogs
     */
    public JournalLine repaired(CatalogLine now, String code) {
        JournalLine released = of(now, code, release);
        boolean sameCode = isRetired() || isUnread() || released.isUnread();
        String hash = sameCode ? fingerprint : released.fingerprint;
        // A retired migration has no order to keep.
        RunPhase kept = isRetired() ? new RunPhase(released.phase(), runPhase.independent()) : released.runPhase;
        return new JournalLine(number, version, kept, hash, release, now.className());
    }

    /** {@return the line as it must be before the class can be deleted} */
    public JournalLine retired() {
        return new JournalLine(number, version, new RunPhase(phase(), false), RETIRED, release, className);
    }

    /** {@return the text of the line, without its line end} */
    public String text() {
        return String.join(" ", version.separated(), runPhase.text(), fingerprint, release, className);
    }
}
