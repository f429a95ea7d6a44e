/**
 * Puts the migrations of a registry among Liquibase's change sets: a change set with this package's change has its place in the
 * change log, and Liquibase registers the migration there. It changes no data: that happens in the background, after Liquibase
 * has finished. Called by the application where it runs Liquibase, and by Liquibase.
 */
@NullMarked
package org.asyncmigrations.liquibase;

import org.jspecify.annotations.NullMarked;
