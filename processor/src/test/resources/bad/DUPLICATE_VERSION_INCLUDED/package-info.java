@AsyncMigrations(
        include = {com.acme.billing.AsyncMigrationRegistry.class, com.acme.stock.AsyncMigrationRegistry.class})
package com.acme;

import org.asyncmigrations.AsyncMigrations;
