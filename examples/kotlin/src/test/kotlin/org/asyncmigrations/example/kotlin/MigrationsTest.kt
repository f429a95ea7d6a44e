package org.asyncmigrations.example.kotlin

import java.util.stream.Stream
import org.asyncmigrations.testing.MigrationTests
import org.junit.jupiter.api.DynamicNode
import org.junit.jupiter.api.TestFactory

/** Both migrations in the test kit: crashes, repetition, concurrent writes, on PostgreSQL. */
class MigrationsTest {
    @TestFactory
    fun migrations(): Stream<out DynamicNode> =
        MigrationTests.of(::migrations)
            .onEmbeddedPostgres()
            .script("/schema.sql")
            .script("/customers.sql")
            .tests()
}
