package com.acme.content;

import java.sql.PreparedStatement;
import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Migrations without jOOQ's builder. */
final class Backfills {
    private static final String LIMITED = "update orders set a = 1 where {rows}";

    private Backfills() {}

    @AsyncMigration(version = 701)
    static final class Chain implements SqlBackfill {
        @Override
        public Backfill backfill() {
            return Backfill.of("orders", "id").pending("a is null").set("a", "1").set("b", "2");
        }
    }

    @AsyncMigration(version = 702)
    @Idempotent(By.PENDING_ROWS)
    static final class MadeElsewhere implements SqlBackfill {
        @Override
        public Backfill backfill() {
            return common().set("a", "1");
        }

        private Backfill common() {
            return Backfill.of("orders", "id").pending("a is null");
        }
    }

    @AsyncMigration(version = 703)
    @Idempotent(By.PENDING_ROWS)
    static final class Texts implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of("orders", "id");
        }

        @Override
        public Condition pending() {
            return DSL.condition("a is null");
        }

        @Override
        public long migrate(RowBatch batch) {
            String some = String.join(" and ", batch.toString());
            return batch.execute(LIMITED) + batch.execute("delete from logs where " + some, 1);
        }
    }

    @AsyncMigration(version = 704)
    @Idempotent(By.PENDING_ROWS)
    static final class Jdbc implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of("orders", "id");
        }

        @Override
        public Condition pending() {
            return DSL.condition("a is null");
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            String sql = "update orders set a = 1 where " + batch.rowsSql();
            try (PreparedStatement statement = batch.connection().prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        }
    }
}
