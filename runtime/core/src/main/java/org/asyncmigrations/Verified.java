package org.asyncmigrations;

import org.jooq.Select;

/** A migration that is done only if its own query finds no violation. */
public interface Verified {
    /**
     * The rows that show that the migration isn't complete.
     *
     * @return a query; only one row of it is read, and any row fails the attempt
     */
    Select<?> violations();
}
