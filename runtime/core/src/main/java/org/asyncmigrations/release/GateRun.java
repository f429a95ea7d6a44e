package org.asyncmigrations.release;

import java.time.Instant;
import org.asyncmigrations.MigrationEntry;

/**
 * The question to a {@link Gate}. Times are by the database's clock. Immutable and thread-safe.
 *
 * @param migration the build's entry of the waiting migration
 * @param registeredAt when it was first seen in this database
 * @param now the current time
 */
public record GateRun(MigrationEntry migration, Instant registeredAt, Instant now) {}
