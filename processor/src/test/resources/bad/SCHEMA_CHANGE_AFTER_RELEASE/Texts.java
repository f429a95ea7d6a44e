package com.acme;

import static com.acme.Sql.DROP_LEGACY;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

@AfterRelease(version = 102)
@Idempotent(By.TRANSACTION)
public final class Texts extends TextsBase implements DataMigration {
    private static final String VERB = "ALTER TABLE";
    private static final String[] ARRAY = {
        "select 1",
        "drop table from_array", // found
    };
    private static final List<String> LIST = List.of(
            "create index from_list on users (id)", // found
            "update users set a = 1 where a is null");

    private final String field = "/* tidy up */ drop view from_field";
    private final boolean postgres;

    public Texts() {
        postgres = true;
    }

    @Override
    public void migrate(MigrationRun run) {
        DSLContext dsl = run.dsl();
        dsl.execute("drop table legacy"); // found
        dsl.execute("  \n -- gone\n ( /* really */ DROP TABLE legacy )"); // found
        dsl.execute("""
            alter table users
              drop column nickname
            """); // found above
        dsl.query(VERB + " users drop column " + run.hashCode()).execute(); // found
        dsl.execute(VERB.toLowerCase(Locale.ROOT).concat(" users add x int")); // found
        dsl.execute(String.format("truncate table %s", run)); // found
        dsl.execute(String.format("%s TABLE %s", "DROP", run)); // found
        dsl.execute("create %s on users (email)".formatted("index i")); // found
        dsl.execute(String.join(" ", "comment", "on", "table users is 'people'")); // found
        dsl.execute(Sql.DROP_LEGACY); // found
        dsl.execute(DROP_LEGACY); // found
        dsl.execute(com.acme.Sql.More.GRANT); // found
        dsl.execute(INHERITED); // found
        dsl.execute(this.field); // found
        var local = "rename table a to b";
        dsl.execute(local); // found
        String late;
        late = "revoke select on users from reporting";
        dsl.execute(late); // found
        String grown = "drop table ";
        grown += run;
        dsl.execute(grown); // found
        dsl.execute(postgres ? "select 1" : "alter table a drop b"); // found
        dsl.execute(postgres ? "drop index a" : "drop index b"); // found twice
        dsl.execute((Objects.requireNonNull("drop schema s"))); // found
        dsl.execute(new StringBuilder("drop").append(" table ").append(run).toString()); // found
        dsl.execute("DROP TABLE :t".replace(":t", "legacy").trim()); // found
        dsl.fetch("create table copy as select * from users"); // found
        dsl.batch("update a set b = 1 where c = 2", "drop table in_batch").execute(); // found
        dsl.execute("update a set b = 1 where c = 2; drop table behind_semicolon"); // found
        dsl.execute(DSL.sql("drop table from_sql")); // found
        dsl.execute("/*!40000 alter table users disable keys */"); // found
        for (String sql : LIST) {
            dsl.execute(sql);
        }
        for (String sql : ARRAY) {
            dsl.execute(sql);
        }
        Stream.of("drop table from_stream").forEach(sql -> dsl.execute(sql)); // found
        List.of("drop table from_reference").forEach(dsl::execute); // found
        dsl.execute(
                switch (run.hashCode()) {
                    case 1 -> "select 1";
                    default -> "drop table from_switch"; // found
                });
    }
}
