package org.asyncmigrations.testing;

import org.jooq.DSLContext;

/** Rows that a test puts into the tables, or a change that it makes to them. */
@FunctionalInterface
public interface TestRows {
    /**
     * Writes them, in one transaction of the caller's.
     *
     * @param dsl the way to the database
     * @throws Exception whatever keeps it from writing; fails the tests
     */
    void into(DSLContext dsl) throws Exception;
}
