/**
 * One build for many tenants: the migrations, and a job that migrates all tenants, a few at a time. It knows no tenant by name;
 * the directory says where the tables of each are. Called by {@code main} of the job and of the demonstration.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.tenants;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
