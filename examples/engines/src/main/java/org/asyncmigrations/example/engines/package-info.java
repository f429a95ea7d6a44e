/**
 * An application whose back-fill runs on the job engine of its choice, in two processes of which one is killed.
 * Which engine that is is said in {@link org.asyncmigrations.example.engines.Engine} alone.
 * Called by {@code main}.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.engines;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
