package com.acme.shop;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.jooq.Condition;

/** What is overridden here counts for the migrations that extend it. */
abstract class PendingUrls implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(table("urls"), field("id", Long.class));
    }

    @Override
    public Condition pending() {
        return field("host").isNull();
    }
}
