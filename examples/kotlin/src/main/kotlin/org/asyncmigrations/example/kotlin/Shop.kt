package org.asyncmigrations.example.kotlin

import javax.sql.DataSource
import org.asyncmigrations.dispatch.RegistryBuilder
import org.asyncmigrations.example.kotlin.migrations.AsyncMigrationRegistry

private val dialCodes = DialCodes(mapOf("49" to "DE", "43" to "AT"))

/** The migrations on the application's database, with what they need from the application. */
fun migrations(dataSource: DataSource): RegistryBuilder<AsyncMigrationRegistry> =
    AsyncMigrationRegistry.builder(dataSource) { dialCodes }
