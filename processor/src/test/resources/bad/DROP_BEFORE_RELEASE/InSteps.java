package com.acme;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

final class InSteps {
    private static final ExpandContract CITY = ExpandContract.of("orders", "id")
            .rename(DSL.field("city"), DSL.field("town", SQLDataType.VARCHAR(50)));

    private static final RenameByView ORDERS = RenameByView.table(DSL.table("orders"), "purchases");

    private InSteps() {}

    @AsyncMigration(version = 11)
    static final class Expand implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return CITY.expand();
        }
    }

    @AsyncMigration(version = 12)
    static final class Contract implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return CITY.contract();
        }
    }

    @AsyncMigration(version = 13)
    static final class Undo implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return ORDERS.undo();
        }
    }

    @AfterRelease(version = 14)
    static final class Later implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return ORDERS.contract();
        }
    }
}
