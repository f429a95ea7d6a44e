package org.asyncmigrations;

/**
 * Thrown by {@link MigrationRegistry#dispatch()} if an after-release migration that this build doesn't contain has begun on its
 * database. It may have removed what this build's code needs.
 */
public final class BuildTooOldException extends MigrationException {
    private static final long serialVersionUID = 1L;

    /**
     * A build that is too old.
     *
     * @param version the after-release migration
     * @param name its class's full name, empty for unknown
     */
    public BuildTooOldException(long version, String name) {
        super(
                version,
                "this build is too old for its database: after-release migration " + MigrationEntry.written(version)
                        + (name.isEmpty() ? "" : " (" + name.substring(name.lastIndexOf('.') + 1) + ")")
                        + ", which it does not know, has begun there; deploy a release that knows it, or, if this one"
                        + " does not need what that migration removes, call allowTooOld() on the builder",
                null);
    }
}
