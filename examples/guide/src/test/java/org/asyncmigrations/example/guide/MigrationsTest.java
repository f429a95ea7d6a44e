package org.asyncmigrations.example.guide;

import java.util.stream.Stream;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.example.guide.migrations.Services;
import org.asyncmigrations.testing.MigrationTests;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The guide's migrations do no harm when they run twice, in other batches, through crashes and beside others. */
class MigrationsTest {
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(dataSource ->
                        AsyncMigrationRegistry.builder(dataSource, new Services(Languages.bySingleWords())))
                .onEmbeddedPostgres()
                .script("/schema.sql")
                .script("/rows.sql")
                // On purpose: orders without a note, customers without a street, sessions that are kept.
                .mayLeaveRowsOut(20261101_091500L, 20261101_093000L, 20261101_094500L)
                // On purpose: shipments with a city, tags that are no duplicates.
                .mayLeaveRowsOut(20261103_090000L, 20261103_093000L)
                // An index and statistics: no row.
                .mayChangeNothing(20261101_101500L, 20261101_103000L)
                .tests();
    }
}
