package org.asyncmigrations.session;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What is done in one transaction.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface TransactionalWork<T extends @Nullable Object> {
    /**
     * Does it.
     *
     * @param dsl the transaction's context
     * @return what it gives
     */
    T in(DSLContext dsl);
}
