@AsyncMigrations(include = MigrationRegistry.class)
package com.acme;

import org.asyncmigrations.AsyncMigrations;
import org.asyncmigrations.MigrationRegistry;
