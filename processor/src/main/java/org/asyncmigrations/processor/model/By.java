package org.asyncmigrations.processor.model;

/** Why a second run is harmless; named as the runtime's enum. */
public enum By {
    /** Effect and record commit together. */
    TRANSACTION,
    /** What is changed is not pending any more. */
    PENDING_ROWS,
    /** The class can tell whether it is done. */
    GUARD,
    /** The author says so. */
    DECLARATION
}
