/**
 * The migrations of the example; the processor writes {@code AsyncMigrationRegistry} and {@code Services} beside them.
 * They hold what is to be changed and nothing about when, in which order or how often.
 * Called by the generated registry.
 */
@NullMarked
package org.asyncmigrations.example.quickstart.migrations;

import org.jspecify.annotations.NullMarked;
