/**
 * An application whose back-fill runs on a job engine of your choice, in two processes, one of which is killed. Only
 * {@link org.asyncmigrations.example.engines.Engine} knows the engines. Called by {@code main}.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.engines;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
