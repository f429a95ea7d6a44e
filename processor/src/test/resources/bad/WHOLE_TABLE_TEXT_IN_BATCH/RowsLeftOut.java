package com.acme;

import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.impl.DSL;

@AsyncMigration(version = 2)
@Idempotent(By.PENDING_ROWS)
public final class RowsLeftOut implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of("users", "id");
    }

    @Override
    public Condition pending() {
        return DSL.condition("active is null");
    }

    @Override
    public long migrate(RowBatch batch) {
        batch.execute("update users set active = true where id = ?", 1); // found
        batch.execute("update users set note = '{rows}' where id = 1"); // found
        batch.execute("delete from users where id = 1 -- and {rows}"); // found
        batch.execute("update users set note = 'it''s {rows}' where {rows}");
        return batch.execute("update users set active = true where {rows}");
    }
}
