package org.asyncmigrations.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.NotRetried;
import org.jooq.SQLDialect;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the jOOQ on the class path is in the range that this library was tested with. Applications choose the version;
 * without this check, a missing method would show up only in the middle of the work. Stateless and thread-safe.
 */
final class JooqVersion {
    private static final int OLDEST = 19;
    private static final int NEWEST = 21;

    /**
     * The version as jOOQ writes it into its exceptions' stack traces. Its manifest has none, and its constants are copied at
     * compile time.
     */
    private static final Pattern FRAME = Pattern.compile("org\\.jooq_((\\d{1,9})\\.(\\d{1,9})\\b.*)\\.[A-Z0-9_]+");

    private static final @Nullable String TROUBLE = trouble(frame());

    private JooqVersion() {}

    /** @throws MigrationException if jOOQ is older or newer than the tested versions */
    static void requireTested() {
        if (TROUBLE != null) {
            throw new UntestedJooqException(TROUBLE);
        }
    }

    /** @return the problem; null for none, and for an unknown version */
    static @Nullable String trouble(@Nullable String frame) {
        Matcher version = FRAME.matcher(frame == null ? "" : frame);
        if (!version.matches()) {
            return null;
        }
        int major = Integer.parseInt(version.group(2));
        int minor = Integer.parseInt(version.group(3));
        if (major == 3 && minor >= OLDEST && minor <= NEWEST) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "async migrations need jOOQ 3.%d to 3.%d, but jOOQ %s is on the class path; change the version of"
                        + " org.jooq:jooq in the build, or use a release of async-migrations for it",
                OLDEST,
                NEWEST,
                version.group(1));
    }

    /** The class name that jOOQ puts on top of a failed statement's stack trace, null if there is none. */
    static @Nullable String frame() {
        try {
            DSL.using(SQLDialect.H2).execute("select 1");
        } catch (DetachedException withoutConnection) {
            StackTraceElement[] trace = withoutConnection.getStackTrace();
            return trace.length == 0 ? null : trace[0].getClassName();
        }
        return null;
    }

    /** The class path has to change, so another attempt wouldn't help. */
    private static final class UntestedJooqException extends MigrationException implements NotRetried {
        private static final long serialVersionUID = 1L;

        UntestedJooqException(String message) {
            super(0, message, null);
        }
    }
}
