package com.acme;

import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.dropView;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.impl.DSL;

@AfterRelease(version = 101)
@Idempotent(By.TRANSACTION)
public final class Verbs implements DataMigration {
    private final Runnable later = () -> DSL.using("jdbc:h2:mem:").dropSequence("s").execute(); // found

    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable("users").dropColumn("nickname").execute(); // found
        DSLContext dsl = run.dsl();
        dsl.dropTableIfExists(table("legacy_tokens")).cascade().execute(); // found
        dsl.createIndex("users_email").on(table("users"), DSL.field("email")).execute(); // found
        dsl.truncate("sessions").restartIdentity().execute(); // found
        dsl.commentOnTable("users").is("people").execute(); // found
        Query built = DSL.createView("v").as(DSL.select(DSL.one())); // found
        dsl.execute(built.getSQL());
        dsl.execute(dropView(name("v"))); // found
        dsl.transaction(inner -> {
            var inside = inner.dsl();
            inside.grant(DSL.privilege("select")).on("users").to(DSL.user("reporting")).execute(); // found
        });
        dsl.batch(dsl.alterTable("a").add("b", VARCHAR(10)), dsl.alterTable("a").add(constraint("u").unique("b"))).execute(); // found twice
        Stream.of("a", "b").map(dsl::dropTable).forEach(Query::execute); // found
        new Object() {
            void run() {
                List.of("x").forEach(view -> dsl.dropView(view).execute()); // found
            }
        }.run();
        Nested.run(dsl);
        later.run();
    }

    private static final class Nested {
        static void run(DSLContext dsl) {
            if (dsl.dialect().commercial()) {
                dsl.createSchemaIfNotExists("archive").execute(); // found
            }
        }
    }
}
