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
 * What a user has asked for. Immutable.
 *
 * @param registry makes the builder of a node
 * @param database the database
 * @param given what fills the tables before the first migration
 * @param givenFor what fills them before one migration, by its version
 * @param writes what is written beside a migration, null for rows written as they are
 * @param ignored what is not compared
 * @param allowances what the user vouches for
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
     * What the user vouches for.
     *
     * @param deletesRows whether rows may be lost that the test did not put there
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
