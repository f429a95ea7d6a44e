/** The migrations. The compiler generates {@code AsyncMigrationRegistry} here. */
package org.asyncmigrations.example.existing.migrations;
