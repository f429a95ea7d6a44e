/**
 * One build for many tenants: the migrations, and a job that brings all tenants forward, a few at a time.
 * It knows no tenant by name; where each has its tables is in the directory.
 * Called by {@code main}, of the job and of the demonstration.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.tenants;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
