package org.asyncmigrations.processor.model;

/** When a migration may run; named as the runtime's enum, which says what each means. */
public enum Phase {
    ASYNC,
    AFTER_RELEASE
}
