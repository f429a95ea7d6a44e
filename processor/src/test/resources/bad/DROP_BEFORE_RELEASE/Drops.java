package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.jooq.impl.DSL;

@AsyncMigration(version = 1)
public final class Drops implements SchemaMigration {
    private final boolean column;

    public Drops(Boolean column) {
        this.column = column;
    }

    @Override
    public SchemaChange change() {
        return column ? dropped() : SchemaChange.dropIndex("orders_by_city").on(DSL.table("orders"));
    }

    private static SchemaChange dropped() {
        return SchemaChange.dropColumn(DSL.table("orders"), "city");
    }
}
