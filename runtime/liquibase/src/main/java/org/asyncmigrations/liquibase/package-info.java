/**
 * Puts the migrations of a registry into Liquibase's queue: a change set with this package's change has a place in the change
 * log, and Liquibase registers the migration there. It does no work on data: that goes on behind, once Liquibase is done.
 * Called by the application where it runs Liquibase, and by Liquibase.
 */
@NullMarked
package org.asyncmigrations.liquibase;

import org.jspecify.annotations.NullMarked;
