package org.asyncmigrations.example.rolling;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import org.asyncmigrations.example.rolling.application.Database;
import org.asyncmigrations.example.rolling.application.Server;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** An instance of release 1. */
public final class Application {
    private Application() {}

    /**
     * Runs it until its input ends.
     *
     * @param arguments the database's URL
     * @throws IOException if requests can't be read
     */
    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = Database.pool(arguments[0]);
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .application("customers")
                        .release("1")
                        .build()) {
            // There is nothing to do yet. But the call registers this instance, and fails if this build is too old.
            migrations.dispatch();
            Server.serve(new FullNames(DSL.using(pool, SQLDialect.POSTGRES)));
        }
    }
}
