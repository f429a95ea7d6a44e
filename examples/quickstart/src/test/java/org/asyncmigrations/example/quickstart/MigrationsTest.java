package org.asyncmigrations.example.quickstart;

import java.util.stream.Stream;
import org.asyncmigrations.example.quickstart.customer.PhoneNumbers;
import org.asyncmigrations.example.quickstart.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.testing.MigrationTests;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The example's migrations in the test kit; the kit's README shows this class. */
class MigrationsTest {
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(dataSource -> AsyncMigrationRegistry.builder(dataSource, () -> new PhoneNumbers("49")))
                .onEmbeddedPostgres()
                .script("/schema.sql")
                .script("/customers.sql")
                .tests();
    }
}
