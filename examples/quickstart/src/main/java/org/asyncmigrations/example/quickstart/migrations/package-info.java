/**
 * The example's migrations. The processor generates {@code AsyncMigrationRegistry} and {@code Services} next to them. They define
 * what to change, but not when, in which order or how often. Called by the generated registry.
 */
@NullMarked
package org.asyncmigrations.example.quickstart.migrations;

import org.jspecify.annotations.NullMarked;
