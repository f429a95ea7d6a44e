package org.asyncmigrations.example.guide;

import java.util.stream.Stream;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.testing.MigrationTests;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The guide's migrations do no harm if they run twice, in other batches, through crashes, and next to other sessions. */
class MigrationsTest {
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(dataSource -> AsyncMigrationRegistry.builder(dataSource, Languages::bySingleWords))
                .onEmbeddedPostgres()
                .script("/schema.sql")
                .script("/rows.sql")
                // They create an index and statistics, and change no row.
                .mayChangeNothing(20261101_101500L, 20261101_103000L, 20261104_090000L)
                // They change the schema.
                .mayChangeNothing(20261106_090000L, 20261106_090200L, 20261106_100000L, 20261106_100100L)
                .tests();
    }
}
