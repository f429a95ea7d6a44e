package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.jooq.impl.DSL;

@AsyncMigration(version = 1)
@Idempotent(By.TRANSACTION)
public final class IndexOrders implements SchemaMigration {
    @Override
    public SchemaChange change() {
        return SchemaChange.createIndex("orders_by_city").on(DSL.table("orders"), DSL.field("city"));
    }
}
