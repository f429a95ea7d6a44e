package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.ORDERS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.SQLDataType.INTEGER;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.Verified;
import org.asyncmigrations.example.threereleases.schema.tables.Orders;
import org.jooq.Select;

/**
 * Gives the totals of orders a larger type, while instances of release 1 write the old column. Its type can't be changed in place
 * without blocking, so a new column replaces it.
 */
public final class WidenOrderTotal {
    private static final ExpandContract TOTAL =
            ExpandContract.of(ORDERS.ID).changeType(field(name("cents"), INTEGER), ORDERS.TOTAL_CENTS);

    private WidenOrderTotal() {}

    /** Adds total_cents. From then on, whoever writes one side writes both. */
    @AsyncMigration(version = 20261201_100000L)
    public static final class ExpandTotal implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return TOTAL.expand();
        }
    }

    /** Fills the new column of the rows that nobody has written since. */
    @AsyncMigration(version = 20261201_100100L)
    public static final class FillTotal implements SqlBackfill, Verified {
        @Override
        public Backfill backfill() {
            return TOTAL.backfill();
        }

        @Override
        public Select<?> violations() {
            return TOTAL.violations();
        }
    }

    /** Drops cents, once no instance of release 2 is left. */
    @AfterRelease(version = 20261208_100000L, after = FillTotal.class)
    @RetiresColumn(table = Orders.class, name = "cents")
    public static final class ContractTotal implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return TOTAL.contract();
        }
    }
}
