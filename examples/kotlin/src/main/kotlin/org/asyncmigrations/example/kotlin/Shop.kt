package org.asyncmigrations.example.kotlin

import javax.sql.DataSource
import org.asyncmigrations.example.kotlin.migrations.AsyncMigrationRegistry
import org.asyncmigrations.example.kotlin.migrations.Services

/** What the migrations need from the application. */
val services = Services(DialCodes(mapOf("49" to "DE", "43" to "AT")))

/** The migrations on the application's database. Close the registry with the application. */
fun migrations(dataSource: DataSource): AsyncMigrationRegistry =
    AsyncMigrationRegistry.builder(dataSource, services).build()
