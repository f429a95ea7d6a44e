package org.asyncmigrations.cli;

import picocli.CommandLine.TypeConversionException;

/**
 * A migration's version as people write it: with or without underscore, as in Java or as in the status.
 *
 * @param value the number
 */
record VersionNumber(long value) {
    /**
     * Reads a version.
     *
     * @param text the input
     * @return the version
     */
    static VersionNumber of(String text) {
        String digits = text.replaceFirst("[lL]$", "").replace("_", "");
        if (digits.matches("[1-9]\\d{0,17}")) {
            return new VersionNumber(Long.parseLong(digits));
        }
        throw new TypeConversionException("'" + text + "' is not a version; write 20261121093000 or 20261121_093000");
    }
}
