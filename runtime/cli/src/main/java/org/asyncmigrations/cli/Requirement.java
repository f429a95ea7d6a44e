package org.asyncmigrations.cli;

import org.jspecify.annotations.Nullable;

/**
 * What has to be done before a build is deployed.
 *
 * @param version a single migration, null for several
 * @param evenNew if several, whether migrations that are new in this build have to be done too
 */
record Requirement(@Nullable Long version, boolean evenNew) {
    /**
     * Reads a requirement.
     *
     * @param text {@code all}, {@code before-this-build} or a version
     * @return the requirement
     */
    static Requirement of(String text) {
        return switch (text) {
            case "all" -> new Requirement(null, true);
            case "before-this-build" -> new Requirement(null, false);
            default -> new Requirement(VersionNumber.of(text).value(), false);
        };
    }

    /** {@return whether it requires this migration} */
    boolean covers(long migration, boolean isInBuild, boolean isRegistered) {
        return version == null ? isInBuild && (evenNew || isRegistered) : version == migration;
    }
}
