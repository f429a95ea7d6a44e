/**
 * What users owe: a library with a migration that needs a service, and a registry of its own.
 * It does not know which applications include it.
 * Called by those applications.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.modules.billing;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
