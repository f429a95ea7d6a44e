package org.asyncmigrations.processor.model;

/** Why a second run is harmless. The names are those of the runtime's enum, which explains them. */
public enum By {
    TRANSACTION,
    PENDING_ROWS,
    GUARD,
    DECLARATION
}
