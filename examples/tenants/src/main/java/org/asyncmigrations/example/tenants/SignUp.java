package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Mode;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Creates tenants. */
final class SignUp {
    private SignUp() {}

    /** Creates the tables of a tenant whose schema or database exists, and adds it to the directory when it is complete. */
    static void create(Tenant tenant, Directory directory) throws IOException, InterruptedException {
        try (HikariDataSource pool = tenant.pool();
                // The tables have the newest shape: they never had what this build removes, and no older instance has
                // used them.
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .assumeNewDatabase()
                        .threads(1)
                        .build()) {
            DSL.using(pool, SQLDialect.POSTGRES).execute(schema());
            Dispatch dispatch = migrations.dispatch(Mode.AFTER);
            if (dispatch.await() != Dispatch.Outcome.DONE) {
                throw new IllegalStateException(tenant.name() + ": " + dispatch.message());
            }
        }
        directory.add(tenant);
    }

    static String schema() throws IOException {
        try (InputStream sql = SignUp.class.getResourceAsStream("/schema.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
