package org.asyncmigrations.processor.model;

/** Why a second run is harmless; named as the runtime's enum, which says what each means. */
public enum By {
    TRANSACTION,
    PENDING_ROWS,
    GUARD,
    DECLARATION
}
