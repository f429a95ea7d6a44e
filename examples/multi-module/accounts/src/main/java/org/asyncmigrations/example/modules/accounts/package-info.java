/**
 * Who the users are: a library with a migration and a registry of its own.
 * It does not know which applications include it.
 * Called by those applications.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.modules.accounts;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
