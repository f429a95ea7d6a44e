/**
 * Puts the migrations of a registry into Flyway's queue: each is in Flyway's history, in its place among the versions of the
 * schema, and Flyway registers it there. It does no work on data: that goes on behind, once Flyway is done.
 * Called by the application where it sets Flyway up, and by Flyway.
 */
@NullMarked
package org.asyncmigrations.flyway;

import org.jspecify.annotations.NullMarked;
