/**
 * A library for invoices, with a registry of its own, and a migration that needs a service. It doesn't know the applications that
 * include it. Called by those applications.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.modules.billing;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
