package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;

/** By what people find a test that has failed. */
class NamesTest {
    /** Surefire calls a test by its display name only if its place is not the method of its factory, and no class. */
    @Test
    void aTestSaysItsMigrationAndHasAPlaceOfItsOwn() throws Exception {
        MigrationTests tests = MigrationTests.of(SampleRegistry.of(By.DECLARATION, GoodSamples.SetPlaces::new)::builder)
                .on(SampleDatabase.H2.fresh())
                .given(Accounts::fill);

        try (Stream<DynamicNode> nodes = tests.tests()) {
            DynamicContainer migration = (DynamicContainer) nodes.findFirst().orElseThrow();
            DynamicNode test = migration.getChildren().findFirst().orElseThrow();

            assertThat(migration.getDisplayName()).isEqualTo("migration 1 (M1)");
            assertThat(test.getDisplayName()).isEqualTo("M1: a run finishes");
            assertThat(test.getTestSourceUri()).contains(URI.create("migration:1"));
        }
    }
}
