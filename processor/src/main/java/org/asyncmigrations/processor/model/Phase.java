package org.asyncmigrations.processor.model;

/** When a migration may run. The names are those of the runtime's enum, which explains them. */
public enum Phase {
    ASYNC,
    AFTER_RELEASE
}
