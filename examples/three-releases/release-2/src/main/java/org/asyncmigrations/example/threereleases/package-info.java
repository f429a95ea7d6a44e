/**
 * Release 2: the new columns are added, kept in step and filled. Instances of release 1 are still running, or may come back; they
 * know only the old column.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.threereleases;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
