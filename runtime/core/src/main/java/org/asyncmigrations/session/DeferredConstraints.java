package org.asyncmigrations.session;

import org.asyncmigrations.product.Product;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether there are constraints to check before a commit. The database is asked once for each session, not for each batch. Used by
 * one thread.
 */
final class DeferredConstraints {
    private @Nullable Boolean known;

    boolean exist(Product product, DSLContext dsl) {
        if (known == null) {
            known = product.hasDeferred(dsl);
        }
        return known;
    }
}
