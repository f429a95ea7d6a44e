package org.asyncmigrations.example.modules.shop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jooq.DSLContext;

/** The tables of all modules and their rows. A real application creates the tables with Flyway or Liquibase. */
final class Filling {
    private Filling() {}

    static void fill(DSLContext dsl) throws IOException {
        for (String script : new String[] {"/accounts.sql", "/billing.sql", "/shop.sql", "/rows.sql"}) {
            try (InputStream sql = Filling.class.getResourceAsStream(script)) {
                dsl.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** A user registers and orders something through an instance of the previous release, which doesn't fill the new columns. */
    static void orderByOldRelease(DSLContext dsl) {
        dsl.execute("insert into \"users\" (\"id\", \"email\") values (2001, 'Late@Example.ORG')");
        dsl.execute("insert into \"orders\" (\"id\", \"email\") values (4001, 'LATE@example.org')");
    }
}
