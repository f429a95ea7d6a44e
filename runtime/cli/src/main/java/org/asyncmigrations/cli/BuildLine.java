package org.asyncmigrations.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A migration as a line in a build's catalog; the processor writes the lines.
 *
 * @param version the migration's version
 * @param phase its phase, null if this program doesn't know it
 * @param fingerprint the fingerprint of its code
 * @param name its class's full name
 * @param end for a retired migration, the release that still has its class; for one of an included registry, that registry; else
 *     empty
 */
record BuildLine(long version, @Nullable Phase phase, String fingerprint, String name, String end) {
    private static final Pattern LINE = Pattern.compile(
            "(\\d[\\d_]{0,20}) (ASYNC|AFTER_RELEASE|-) (-|[0-9a-f]+|retired) ([^ \\p{Cntrl}]+)(?: ([^ \\p{Cntrl}]+))?");

    /**
     * Reads a line.
     *
     * @param text the line, without its end
     * @return the migration; empty if the line is damaged
     */
    static Optional<BuildLine> parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            return Optional.empty();
        }
        String digits = line.group(1).replace("_", "");
        boolean isRetired = line.group(3).equals(MigrationEntry.RETIRED);
        boolean isWhole = isRetired ? line.group(5) != null : !line.group(2).equals("-");
        return isWhole && digits.length() <= 18
                ? Optional.of(new BuildLine(
                        Long.parseLong(digits),
                        line.group(2).equals("-") ? null : Phase.valueOf(line.group(2)),
                        line.group(3),
                        line.group(4),
                        line.group(5) == null ? "" : line.group(5)))
                : Optional.empty();
    }

    /** {@return whether its class has been deleted} */
    boolean isRetired() {
        return fingerprint.equals(MigrationEntry.RETIRED);
    }

    /** {@return how much the line is worth: a module's own catalog knows the code, an included registry's list may be older} */
    int rank() {
        if (isRetired()) {
            return phase == null ? 0 : 1;
        }
        return end.isEmpty() ? 3 : 2;
    }

    /** {@return the release to deploy so that its code is there, for people} */
    String release() {
        return end.equals("-") ? "a release that still has it" : "release " + end;
    }

    /** {@return whether code with another fingerprint counts as this code} */
    boolean isSameCode(String other) {
        return fingerprint.equals(other)
                || fingerprint.equals(MigrationEntry.UNKNOWN)
                || other.equals(MigrationEntry.UNKNOWN);
    }
}
