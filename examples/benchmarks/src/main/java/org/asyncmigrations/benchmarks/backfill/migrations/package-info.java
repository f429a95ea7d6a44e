/**
 * The migration that is measured; the processor writes {@code AsyncMigrationRegistry} and {@code Services} beside it.
 * It holds what is to be changed and nothing about when, how often or how fast.
 * Called by the generated registry.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.migrations;

import org.jspecify.annotations.NullMarked;
