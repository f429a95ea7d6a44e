package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A method ends at 64 KB and a class at 65,535 constants: a large catalog is spread, and no index is lost by it. */
class LargeBuildTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 1_100})
    void eachMigrationIsMadeUnderItsIndex(int count) throws Exception {
        Compiled compiled = Compiled.of(migrations(count), "-Xlint:all,-processing", "-Werror")
                .succeeds();
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        List<MigrationEntry> entries = catalog.entries();
        assertThat(entries).extracting(MigrationEntry::version).isSorted().hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(catalog.create(i).getClass().getName())
                    .isEqualTo(entries.get(i).name());
        }
    }

    @Test
    void anIndexBeyondTheLastIsRefused() throws Exception {
        Compiled compiled = Compiled.of(migrations(201));
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        for (int index : new int[] {-1, 201, 400, 1_000}) {
            assertThatThrownBy(() -> catalog.create(index)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static List<JavaFileObject> migrations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.migration("com.acme.Migration" + i, 1_000_000 - i))
                .toList();
    }
}
