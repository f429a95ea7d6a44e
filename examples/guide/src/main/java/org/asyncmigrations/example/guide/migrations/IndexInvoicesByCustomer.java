package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;

/** An index, built while invoices are read and written. */
@AsyncMigration(version = 20261104_090000L)
public final class IndexInvoicesByCustomer implements SchemaMigration {
    @Override
    public SchemaChange change() {
        return SchemaChange.createIndex("invoices_by_customer").on(table("invoices"), field("customer_id"));
    }
}
