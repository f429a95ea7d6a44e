package org.asyncmigrations;

import org.jooq.Select;

/** A migration that is done only when a query of its own finds nothing wrong. */
public interface Verified {
    /**
     * The rows that contradict the migration's being done.
     *
     * @return a query; it is asked for one row only, and any row fails the attempt
     */
    Select<?> violations();
}
