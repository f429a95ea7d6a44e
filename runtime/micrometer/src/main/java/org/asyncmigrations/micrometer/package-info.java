/**
 * Meters of the migrations for Micrometer: counters and timers of what this instance does, and gauges of the migrations' status.
 * It starts no work and gives no orders. Applications create a {@link org.asyncmigrations.micrometer.MigrationMeters}, or Spring
 * Boot's starter does.
 */
@NullMarked
package org.asyncmigrations.micrometer;

import org.jspecify.annotations.NullMarked;
