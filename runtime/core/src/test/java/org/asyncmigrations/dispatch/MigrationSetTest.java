package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.junit.jupiter.api.Test;

/** A registry runs the migrations of included registries as if they were its own. */
class MigrationSetTest {
    private final List<Long> ran = new ArrayList<>();

    private TestCatalog with(long... versions) {
        TestCatalog catalog = new TestCatalog();
        for (long version : versions) {
            catalog.data(version, run -> ran.add(version));
        }
        return catalog;
    }

    @Test
    void allRunInTheOneOrderOfVersions() throws Exception {
        TestCatalog whole = with(2, 5).including(with(1, 4).including(with(3)));
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher registry = whole.on(fresh.dataSource()).threads(1).build()) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(ran).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(registry.migration(3).isDone()).isTrue();
        }
    }

    @Test
    void whatIsIncludedTwiceIsThereOnce() {
        TestCatalog shared = with(1);
        TestCatalog whole = with(2).including(with(3).including(shared)).including(with(4).including(shared));
        assertThat(MigrationSet.of(whole).entries())
                .extracting(MigrationEntry::version)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void twoMigrationsOfOneVersionAreRefused() {
        TestCatalog other = new TestCatalog()
                .with(MigrationEntry.async(20261121_093000L, "other.Mine", By.TRANSACTION, "f"), () -> null);
        assertThatThrownBy(() -> MigrationSet.of(with(20261121_093000L).including(other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 20261121_093000 cannot be both test.M20261121093000 and other.Mine");
    }

    @Test
    void whatOneModuleHasRetiredAnotherMayStillHave() {
        assertThat(MigrationSet.of(with(2).retired(1).including(with(1))).entries())
                .noneMatch(MigrationEntry::isRetired);
        assertThat(MigrationSet.of(with(1).including(with(2).retired(1))).entries())
                .noneMatch(MigrationEntry::isRetired);
    }
}
