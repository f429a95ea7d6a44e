package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.jooq.impl.DSL;

/** What it declares is true, although it need not. */
@AsyncMigration(version = 2)
@Idempotent(value = By.DECLARATION, because = "the catalog is looked at first")
public final class Declared implements SchemaMigration {
    @Override
    public SchemaChange change() {
        return SchemaChange.createIndex("orders_by_city").on(DSL.table("orders"), DSL.field("city"));
    }
}
