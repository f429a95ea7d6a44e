package org.asyncmigrations.schema;

import org.asyncmigrations.product.NotRetried;

/** A schema change that cannot be made here without harm; nothing of it was sent, or what was sent did no harm. */
public final class SchemaRefusedException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param why what cannot be done, where and why, and what to do
     */
    public SchemaRefusedException(String why) {
        super(why);
    }
}
