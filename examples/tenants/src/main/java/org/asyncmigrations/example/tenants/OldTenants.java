package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.util.Locale;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Tenants as the previous release has left them: with a column that will be dropped, and an empty new one. */
final class OldTenants {
    private OldTenants() {}

    static void create(Tenant tenant, int customers, Directory directory) throws IOException {
        execute(
                tenant,
                SignUp.schema(),
                "alter table customers add column nickname varchar(40)",
                String.format(
                        Locale.ROOT,
                        "insert into customers (id, email) select n, 'Nr.' || n || '@Example.ORG' from generate_series(1, %d) n",
                        customers));
        directory.add(tenant);
    }

    /** Adds a customer who has registered twice. */
    static void spoil(Tenant tenant) {
        execute(tenant, "insert into customers (id, email) values (1000001, 'nr.1@example.org')");
    }

    static void mend(Tenant tenant) {
        execute(tenant, "delete from customers where id = 1000001");
    }

    private static void execute(Tenant tenant, String... statements) {
        try (HikariDataSource pool = tenant.pool()) {
            for (String statement : statements) {
                DSL.using(pool, SQLDialect.POSTGRES).execute(statement);
            }
        }
    }
}
