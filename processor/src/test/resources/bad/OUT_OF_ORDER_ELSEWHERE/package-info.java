@AsyncMigrations(include = com.acme.billing.AsyncMigrationRegistry.class)
package com.acme;

import org.asyncmigrations.AsyncMigrations;
