package org.asyncmigrations.example.existing;

import java.util.stream.Stream;
import org.asyncmigrations.example.existing.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.testing.MigrationTests;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class MigrationsTest {
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(AsyncMigrationRegistry::builder).onEmbeddedPostgres().script("/customers.sql").tests();
    }
}
