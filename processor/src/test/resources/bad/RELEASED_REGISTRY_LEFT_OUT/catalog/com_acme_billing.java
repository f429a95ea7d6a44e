package org.asyncmigrations.catalog;

import org.asyncmigrations.CatalogOf;

@CatalogOf(com.acme.billing.AsyncMigrationRegistry.class)
final class com_acme_billing {}
