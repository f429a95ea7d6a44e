package org.asyncmigrations;

/** Something that keeps a migration, or all of them, from going on; the message says what, where and what to do. */
public class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The migration's, 0 where it is about all of them. */
    private final long version;

    /**
     * A problem of one migration.
     *
     * @param version its version, 0 where it is about all of them
     * @param message what, where, and what to do
     * @param cause what it came from, null for none
     */
    public MigrationException(long version, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.version = version;
    }

    /**
     * The migration that it is about.
     *
     * @return its version, 0 where it is about all of them
     */
    public long version() {
        return version;
    }
}
