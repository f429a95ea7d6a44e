package org.asyncmigrations.testing;

/** Is notified of each point that a node passes. */
interface Points {
    /** Ignores all points. */
    Points NONE = new Points() {};

    /** Called before the request to the database. If it throws, the node gets the exception. */
    default void before(Point point) {}

    /** Called after the database's answer. */
    default void after(Point point) {}

    /** Called after a commit that has advanced the migration, with the word from the events table. */
    default void event(String what) {}
}
