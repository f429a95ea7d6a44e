package com.acme;

import org.asyncmigrations.*;
import org.jooq.DSLContext;

/** Texts that are put together in several statements, or kept in an enum. */
@AfterRelease(version = 105)
@Idempotent(By.TRANSACTION)
public final class Built implements DataMigration {
    private enum Step {
        DROP("drop table by_argument"),
        CREATE("create table", "by_pieces");

        final String sql;

        Step(String sql) {
            this.sql = sql;
        }

        Step(String verb, String table) {
            this.sql = verb + " " + table;
        }

        String sql() {
            return sql;
        }
    }

    @Override
    public void migrate(MigrationRun run) {
        DSLContext dsl = run.dsl();
        String grown = "drop";
        grown += " table";
        grown += " by_growth";
        dsl.execute(grown); // found
        String sum = "";
        sum = sum + "truncate ";
        if (run.hashCode() > 0) {
            sum = sum + "by_sum";
        }
        dsl.execute(sum); // found
        dsl.execute(
                switch (run.hashCode()) {
                    case 1:
                        yield "select 1";
                    case 2: {
                        yield "drop table by_yield"; // found
                    }
                    default:
                        String late = "alter table by_yield add a int";
                        yield late; // found
                });
        dsl.execute(Step.DROP.sql); // found
        for (Step step : Step.values()) {
            dsl.execute(step.sql()); // found
        }
    }
}
