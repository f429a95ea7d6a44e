package org.asyncmigrations.testing;

import org.jooq.DSLContext;

/** Rows that a test writes into the tables, or a change that it makes to them. */
@FunctionalInterface
public interface TestRows {
    /**
     * Writes them, in the caller's transaction.
     *
     * @param dsl access to the database
     * @throws Exception anything that keeps it from writing; fails the tests
     */
    void into(DSLContext dsl) throws Exception;
}
