/**
 * Meters of the migrations for Micrometer: counters and timers of what this instance does, gauges of where the migrations stand. It
 * starts nothing and orders nothing. Applications make a {@link org.asyncmigrations.micrometer.MigrationMeters}, or Spring Boot's
 * starter does.
 */
@NullMarked
package org.asyncmigrations.micrometer;

import org.jspecify.annotations.NullMarked;
