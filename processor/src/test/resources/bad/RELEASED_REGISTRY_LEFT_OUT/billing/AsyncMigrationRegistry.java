package com.acme.billing;

import org.asyncmigrations.CatalogEntries;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.dispatch.MigrationCatalog;

/** As another module's compile has left it. */
@CatalogEntries({"20261121_093000 com.acme.billing.CloseInvoices"})
public abstract class AsyncMigrationRegistry implements MigrationRegistry {
    public static MigrationCatalog<AsyncMigrationRegistry> catalog() {
        throw new UnsupportedOperationException();
    }
}
