package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

@AsyncMigration(version = 1)
@Idempotent(By.TRANSACTION)
public final class Chains implements DataMigration {
    private static final String FORGET = "delete from tokens";

    @Override
    public void migrate(MigrationRun run) {
        DSLContext dsl = run.dsl();
        dsl.update(table("users")).set(field("active"), true).execute(); // found
        run.dsl()
                .deleteFrom(table("tokens")) // found
                .execute();
        dsl.delete(table("tokens")).returning().fetch(); // found
        dsl.with(name("old").as(select(field("id")).from("orders").where("paid")))
                .update(table("orders")) // found
                .set(field("state"), "old")
                .execute();
        dsl.update(table("users")).set(field("orders"), select(DSL.count()).from("orders").where("user_id = users.id")).execute(); // found
        dsl.execute("update users set active = true"); // found
        dsl.execute(FORGET); // found
        dsl.execute("update users set total = (select sum(amount) from orders where user_id = users.id)"); // found
        dsl.execute("with a as (select 1 where true) delete from tokens"); // found
        send(dsl, "DELETE FROM tokens -- where expired"); // found
        dsl.deleteFrom(table("tokens")).where(DSL.noCondition()).execute(); // found
        dsl.update(table("users")).set(field("active"), true).where(DSL.trueCondition()).and(DSL.noCondition()).execute(); // found
        dsl.batch(dsl.deleteFrom(table("tokens")), dsl.update(table("users")).set(field("active"), true)).execute(); // found twice
        dsl.execute(dsl.delete(table("tokens"))); // found
        dsl.execute("delete from tokens where true"); // found
        dsl.execute("update users set active = true where 1=1"); // found
        String grown = "delete from ";
        grown += "tokens";
        dsl.execute(grown); // found
    }

    private static void send(DSLContext dsl, String sql) {
        dsl.execute(sql);
    }
}
