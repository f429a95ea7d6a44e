package org.asyncmigrations.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The user's settings. Immutable.
 *
 * @param registry makes a node's builder
 * @param database the database
 * @param given fills the tables before the first migration
 * @param givenFor fills them before one migration, by its version
 * @param writes what is written during a migration, null to rewrite rows with their own values
 * @param ignored what isn't compared
 * @param allowances what the user allows
 * @param within how long one test may take
 */
record Plan(
        Function<DataSource, ? extends RegistryBuilder<?>> registry,
        TestServer database,
        List<TestRows> given,
        Map<Long, TestRows> givenFor,
        @Nullable TestRows writes,
        Ignored ignored,
        Allowances allowances,
        Duration within) {
    /**
     * What the user allows.
     *
     * @param deletesRows whether rows that the test didn't write may be lost
     * @param leavesOut migrations whose {@code pending()} leaves rows out on purpose
     * @param changesNothing migrations that have nothing to do in these rows
     */
    record Allowances(boolean deletesRows, Set<Long> leavesOut, Set<Long> changesNothing) {
        Allowances {
            leavesOut = Set.copyOf(leavesOut);
            changesNothing = Set.copyOf(changesNothing);
        }
    }

    Plan {
        given = List.copyOf(given);
        givenFor = Map.copyOf(givenFor);
    }
}
