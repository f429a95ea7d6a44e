package org.asyncmigrations.session;

import org.asyncmigrations.MigrationEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which migration the log lines of a thread belong to, in the logging framework's mapped diagnostic context (MDC). Immutable, and so
 * safe for threads.
 *
 * @param version the migration, as people write it; null for none
 * @param migration its class without the package; null for none
 */
public record LogContext(@Nullable String version, @Nullable String migration) {
    private static final String VERSION = "asyncMigrations.version";
    private static final String MIGRATION = "asyncMigrations.migration";

    /** Ends a stretch in which a thread's lines belong to a migration. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * The context of a migration.
     *
     * @param entry the migration, or the walk that seals it
     * @return its context
     */
    public static LogContext of(MigrationEntry entry) {
        return new LogContext(MigrationEntry.written(Math.abs(entry.version())), entry.simpleName());
    }

    /** {@return the context of this thread, for another one that works for it} */
    public static LogContext current() {
        return new LogContext(MDC.get(VERSION), MDC.get(MIGRATION));
    }

    /** {@return ends it, on the same thread: what was there before is there again} */
    public Scope enter() {
        LogContext before = current();
        put();
        return before::put;
    }

    private void put() {
        put(VERSION, version);
        put(MIGRATION, migration);
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
