package org.asyncmigrations.testing;

/** Is told of each point that a node passes. */
interface Points {
    /** Watches nothing. */
    Points NONE = new Points() {};

    /** Before the database is asked; what this throws, the node meets. */
    default void before(Point point) {}

    /** After the database has answered. */
    default void after(Point point) {}

    /** After a commit that has brought the migration forward, with the word of the event table. */
    default void event(String what) {}
}
