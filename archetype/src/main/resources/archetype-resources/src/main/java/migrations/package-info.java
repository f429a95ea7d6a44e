/** The migrations. The compiler writes {@code AsyncMigrationRegistry} here, which knows them all. */
@AsyncMigrations
package ${package}.migrations;

import org.asyncmigrations.AsyncMigrations;
