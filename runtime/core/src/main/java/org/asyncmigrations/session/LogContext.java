package org.asyncmigrations.session;

import org.asyncmigrations.MigrationEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The migration that a thread's log lines belong to, in the logging framework's mapped diagnostic context (MDC). Immutable and
 * thread-safe.
 *
 * @param version the migration, as people write it; null for none
 * @param migration its class name without the package; null for none
 */
public record LogContext(@Nullable String version, @Nullable String migration) {
    private static final String VERSION = "asyncMigrations.version";
    private static final String MIGRATION = "asyncMigrations.migration";

    /** A section in which a thread's log lines belong to a migration. Closing it ends the section. */
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

    /** {@return this thread's context, for another thread that works for it} */
    public static LogContext current() {
        return new LogContext(MDC.get(VERSION), MDC.get(MIGRATION));
    }

    /**
     * Applies this context to the current thread.
     *
     * @return restores the previous context; to be closed on the same thread
     */
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
