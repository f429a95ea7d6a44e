/**
 * Puts the migrations of a registry among Flyway's: each is in Flyway's history, at its place among the versions of the schema,
 * and Flyway registers it there. It changes no data: that happens in the background, after Flyway has finished. Called by the
 * application where it configures Flyway, and by Flyway.
 */
@NullMarked
package org.asyncmigrations.flyway;

import org.jspecify.annotations.NullMarked;
