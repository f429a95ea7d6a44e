package org.asyncmigrations.example.threereleases;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import org.asyncmigrations.example.threereleases.application.Database;
import org.asyncmigrations.example.threereleases.application.Server;
import org.asyncmigrations.example.threereleases.application.Shop;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** An instance of release 3. It uses the new columns only. */
public final class Application {
    private Application() {}

    /**
     * Runs it until its input ends.
     *
     * @param arguments the database's URL, the claim time and the settle time
     * @throws IOException if requests can't be read
     */
    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = Database.pool(arguments[0]);
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .application("shop")
                        .release("3")
                        .claimTime(Duration.parse(arguments[1]))
                        .settleTime(Duration.parse(arguments[2]))
                        // The server has answered all requests before the registry is closed.
                        .drainTime(Duration.ZERO)
                        .build()) {
            // If this release is deployed before the new columns are filled, it ends here, before it serves anyone.
            migrations.fillCustomerNames().requireDone();
            migrations.dispatch();
            Server.serve(Shop.of(new SplitNames(DSL.using(pool, SQLDialect.POSTGRES))));
        }
    }
}
