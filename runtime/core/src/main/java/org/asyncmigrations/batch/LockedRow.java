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
 * Waits for the one row that keeps a batch from being changed, where batches do not wait for locks at all: nobody could see whom
 * they wait for. Immutable, and so safe for threads.
 *
 * @param store the state tables
 * @param space the table
 * @param limits those of a batch of one row
 */
record LockedRow(StateStore store, KeySpace space, Limits limits) {
    /** Rows that are looked at: they are locked for as long as that takes. */
    private static final long MOST = 10_000;

    /**
     * Waits as long as a batch of that row alone would, and holds nothing meanwhile that others wait for.
     *
     * @param after where the batch begins
     * @param end where the range ends
     * @param size the keys of the batch
     */
    void await(Session session, @Nullable Key after, @Nullable Key end, long size) throws SQLException {
        Key row = within(session, dsl -> first(dsl, after, end, (int) Math.min(size, MOST)));
        if (row != null) {
            within(
                    session,
                    dsl -> dsl.fetch(space.inOrder(dsl, space.row(row), 1).forUpdate()));
        }
    }

    /** {@return the first of the rows that is locked, null for none; those that are not are locked from now on} */
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
            // The batch meets the same, and says so.
            return null;
        } finally {
            session.rollback();
        }
    }
}
