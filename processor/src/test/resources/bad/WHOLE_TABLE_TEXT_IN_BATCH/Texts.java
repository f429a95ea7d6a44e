package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.sql.PreparedStatement;
import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.DSLContext;

@AsyncMigration(version = 1)
@Idempotent(By.PENDING_ROWS)
public final class Texts implements BatchMigration {
    private static final String FORGET = "delete from users";

    @Override
    public BatchKey key() {
        return BatchKey.of(table("users"), field("id", Long.class));
    }

    @Override
    public Condition pending() {
        return field("active").isNull();
    }

    @Override
    public long migrate(RowBatch batch) {
        batch.dsl().connection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("update users set active = true")) { // found
                statement.executeUpdate();
            }
        });
        send(batch.dsl(), "update users set active = false"); // found
        return batch.dsl().execute(FORGET); // found
    }

    private static void send(DSLContext dsl, String sql) {
        dsl.execute(sql);
    }
}
