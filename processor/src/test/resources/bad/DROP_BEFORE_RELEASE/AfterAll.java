package com.acme;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.jooq.impl.DSL;

/** When nobody uses it any more. */
@AfterRelease(version = 2)
public final class AfterAll implements SchemaMigration {
    @Override
    public SchemaChange change() {
        return SchemaChange.dropColumn(DSL.table("orders"), "city");
    }
}
