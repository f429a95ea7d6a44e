package org.asyncmigrations.processor.model;

/**
 * A line of the journal: a migration that has been released.
 *
 * @param number where it stands in the file, from 1; 0 where it is not written yet
 * @param turn when it may run
 * @param fingerprint that of its code, {@link #UNREAD} or {@link #RETIRED}
 * @param className its class's full name
 */
public record JournalLine(
        int number, Version version, Turn turn, String fingerprint, String release, String className) {
    /** In place of a fingerprint: the class may be deleted. */
    public static final String RETIRED = "retired";

    /** In place of a fingerprint: the code could not be read when it was released. Version and phase are checked, code is not. */
    public static final String UNREAD = "unread";

    /**
     * The line of a migration that is being released.
     *
     * @param code its turn and fingerprint, as catalogs list them
     */
    public static JournalLine of(CatalogLine listed, String code, String release) {
        String read = code.substring(code.indexOf(' ') + 1);
        return new JournalLine(
                0,
                new Version(listed.version(), true, Origin.BUILD),
                Turn.parse(code.substring(0, code.indexOf(' '))).orElseThrow(),
                read.equals(RuntimeNames.UNKNOWN_FINGERPRINT) ? UNREAD : read,
                release,
                listed.className());
    }

    /** {@return the migration as registries list it} */
    public CatalogLine listed() {
        return new CatalogLine(version.value(), className);
    }

    /** {@return its phase} */
    public Phase phase() {
        return turn.phase();
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
     * The line as it has to be for what its migration is now, under the same release: an equal one if nothing has changed.
     *
     * @param now the migration, of the same version
     * @param code its turn and fingerprint, as catalogs list them
     */
    public JournalLine repaired(CatalogLine now, String code) {
        JournalLine released = of(now, code, release);
        boolean sameCode = isRetired() || isUnread() || released.isUnread();
        String hash = sameCode ? fingerprint : released.fingerprint;
        // A retired one has no order to keep.
        Turn kept = isRetired() ? new Turn(released.phase(), turn.independent()) : released.turn;
        return new JournalLine(number, version, kept, hash, release, now.className());
    }

    /** {@return the line as it has to be for the class to be deleted} */
    public JournalLine retired() {
        return new JournalLine(number, version, new Turn(phase(), false), RETIRED, release, className);
    }

    /** {@return the line as it is written, without its end} */
    public String text() {
        return String.join(" ", version.separated(), turn.text(), fingerprint, release, className);
    }
}
