package com.acme;

import static org.jooq.impl.DSL.createView;

import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Receivers that no type is written for. */
@AfterRelease(version = 104)
@Idempotent(By.TRANSACTION)
public final class Untyped implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().transaction(tx -> tx.dsl().dropTable("by_transaction").execute()); // found
        run.dsl().transaction((tx) -> DSL.using(tx).execute("drop table by_using")); // found
        int dropped = run.dsl().transactionResult(tx -> tx.dsl().dropTable("by_result").execute()); // found
        run.dsl().connection(c -> c.createStatement().execute("drop table by_connection")); // found
        run.dsl().connectionResult(c -> {
            try (var statement = c.createStatement();
                    var prepared = statement.getConnection().prepareStatement("drop table by_resource")) { // found
                return prepared.executeUpdate();
            }
        });
        Consumer<DSLContext> cut = dsl -> dsl.truncate("by_variable").execute(); // found
        cut.accept(run.dsl());
        each(dsl -> dsl.dropView("by_own_method").execute()); // found
        List<DSLContext> all = List.of(run.dsl());
        for (var dsl : all) {
            dsl.dropIndex("by_loop").execute(); // found
        }
        var own = context(run);
        own.dropSchema("by_var").execute(); // found
        context(run).dropSequence("by_call").execute(); // found
        if ((Object) own instanceof DSLContext matched) {
            matched.dropType("by_pattern").execute(); // found
        }
        new Object() {
            void run() {
                own.execute(createView("by_import").as("select 1")); // found
            }
        }.run();
        new Sender(own).send("drop table by_overload", dropped); // found
        new Sender(own).dsl().dropTable("by_component").execute(); // found
    }

    private static DSLContext context(MigrationRun run) {
        return run.dsl();
    }

    private static void each(Consumer<? super DSLContext> consumer) {}

    record Sender(DSLContext dsl) {
        void send(String sql) {}

        void send(String sql, int times) {
            dsl.execute(sql);
        }

        void open(Connection connection) {}
    }
}
