/**
 * A library for users, with a migration and a registry of its own. It doesn't know the applications that include it. Called by
 * those applications.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.modules.accounts;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
