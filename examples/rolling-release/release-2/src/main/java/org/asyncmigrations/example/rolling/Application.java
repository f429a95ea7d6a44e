package org.asyncmigrations.example.rolling;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import org.asyncmigrations.example.rolling.application.Database;
import org.asyncmigrations.example.rolling.application.Server;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** An instance of release 2. */
public final class Application {
    private Application() {}

    /**
     * Runs it until its input ends.
     *
     * @param arguments the database's URL, and the settle time
     * @throws IOException if requests can't be read
     */
    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = Database.pool(arguments[0]);
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .application("customers")
                        .release("2")
                        .settleTime(Duration.parse(arguments[1]))
                        // The server has answered all requests before the registry is closed.
                        .drainTime(Duration.ZERO)
                        .build()) {
            migrations.dispatch();
            Server.serve(
                    new FullAndSplitNames(DSL.using(pool, SQLDialect.POSTGRES), migrations.makeFullNameOptional()));
        }
    }
}
