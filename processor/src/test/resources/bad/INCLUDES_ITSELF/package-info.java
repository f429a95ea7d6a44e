@AsyncMigrations(include = {AsyncMigrationRegistry.class})
package com.acme;

import org.asyncmigrations.AsyncMigrations;
