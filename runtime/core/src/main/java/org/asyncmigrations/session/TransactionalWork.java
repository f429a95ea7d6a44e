package org.asyncmigrations.session;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Work in one transaction.
 *
 * @param <T> the type of its result
 */
@FunctionalInterface
public interface TransactionalWork<T extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param dsl the transaction's context
     * @return its result
     */
    T in(DSLContext dsl);
}
