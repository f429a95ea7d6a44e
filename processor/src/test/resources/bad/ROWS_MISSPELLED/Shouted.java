package com.acme;

import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.impl.DSL;

@AsyncMigration(version = 1)
@Idempotent(By.PENDING_ROWS)
public final class Shouted implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of("users", "id");
    }

    @Override
    public Condition pending() {
        return DSL.condition("active is null");
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        batch.execute("UPDATE users SET active = TRUE WHERE {ROWS}"); // found
        batch.execute("update users set active = true where {rows} or { Rows }"); // found
        batch.execute("update " + System.getenv("TABLE") + " set active = true where {Rows}"); // found
        send(batch, "update users set a = 1 where {rows }"); // found
        batch.execute("update users set a = '{ROWS}' /* {Rows} */ where {rows}");
        batch.dsl().execute("update users set a = {ROWS} where b = 1");
        return batch.execute("update users set a = '\\' where {Rows}' where {rows}");
    }

    private static void send(RowBatch batch, String sql) {
        batch.execute(sql);
    }
}
