/** The migrations. The compiler generates {@code AsyncMigrationRegistry} and {@code Services} here. */
package org.asyncmigrations.example.micronaut.migrations;
