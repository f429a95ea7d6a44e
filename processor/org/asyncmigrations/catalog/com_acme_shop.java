package org.asyncmigrations.catalog;

import com.acme.shop.AsyncMigrationRegistry;
import org.asyncmigrations.CatalogOf;
import org.asyncmigrations.GeneratedSource;

/**
 * Points to {@link AsyncMigrationRegistry}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@CatalogOf(AsyncMigrationRegistry.class)
final class com_acme_shop {
    private com_acme_shop() {
    }
}
