package org.asyncmigrations;

/** A problem that stops a migration, or all of them. The message says what happened, where, and what to do. */
public class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The migration's version, 0 if all are affected. */
    private final long version;

    /**
     * A problem of one migration.
     *
     * @param version its version, 0 if all are affected
     * @param message what happened, where, and what to do
     * @param cause the cause, null for none
     */
    public MigrationException(long version, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.version = version;
    }

    /**
     * The affected migration.
     *
     * @return its version, 0 if all are affected
     */
    public long version() {
        return version;
    }
}
