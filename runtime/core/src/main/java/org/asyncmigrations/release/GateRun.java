package org.asyncmigrations.release;

import java.time.Instant;
import org.asyncmigrations.MigrationEntry;

/**
 * What a {@link Gate} is asked for. Times are those of the database's clock. Immutable, and so safe for threads.
 *
 * @param migration what the build says of the migration that waits
 * @param registeredAt when it was first seen in this database
 * @param now the time now
 */
public record GateRun(MigrationEntry migration, Instant registeredAt, Instant now) {}
