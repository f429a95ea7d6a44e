package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.StateStore;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the one locked row that blocks a batch, on products where batches don't wait for locks at all: otherwise, no one could
 * see whom they wait for. Immutable and thread-safe.
 *
 * @param store the state tables
 * @param space the table
 * @param limits the limits of a batch of one row
 */
record LockedRow(StateStore store, KeySpace space, Limits limits) {
    /** The most rows that are checked. They are locked during the check. */
    private static final long MOST = 10_000;

    /**
     * Waits as long as a batch of that row alone would, while holding no lock that others could wait for.
     *
     * @param after the key after which the batch begins
     * @param end the range's last key
     * @param size the number of the batch's keys
     */
    void await(Session session, @Nullable Key after, @Nullable Key end, long size) throws SQLException {
        Key row = within(session, dsl -> first(dsl, after, end, (int) Math.min(size, MOST)));
        if (row != null) {
            within(
                    session,
                    dsl -> dsl.fetch(space.inOrder(dsl, space.row(row), 1).forUpdate()));
        }
    }

    /** {@return the first locked row, null for none; the other rows are locked by this} */
    private @Nullable Key first(DSLContext dsl, @Nullable Key after, @Nullable Key end, int size) {
        List<Key> all = space.somePending(dsl, after, end, size);
        if (all.isEmpty()) {
            return null;
        }
        Key last = all.get(all.size() - 1);
        Set<Key> free = new HashSet<>(dsl.fetch(space.inOrder(dsl, space.rows(after, last), size)
                        .forUpdate()
                        .skipLocked())
                .map(row -> space.key(row, 0)));
        return all.stream().filter(key -> !free.contains(key)).findFirst().orElse(null);
    }

    private <T> @Nullable T within(Session session, Function<DSLContext, @Nullable T> reading) throws SQLException {
        store.beginWork(session, limits);
        try (UserWork work = session.userWork(limits)) {
            return reading.apply(work.own());
        } catch (DataAccessException failure) {
            // The batch will meet the same error and report it.
            return null;
        } finally {
            session.rollback();
        }
    }
}
