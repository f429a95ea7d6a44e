/**
 * The migration that is measured. The processor generates {@code AsyncMigrationRegistry} and {@code Services} next to it. It
 * defines what to change, but not when, how often or how fast. Called by the generated registry.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.migrations;

import org.jspecify.annotations.NullMarked;
