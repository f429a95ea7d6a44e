package org.asyncmigrations.example.threereleases;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import org.asyncmigrations.example.threereleases.application.Customers;
import org.asyncmigrations.example.threereleases.application.Database;
import org.asyncmigrations.example.threereleases.application.Server;
import org.asyncmigrations.example.threereleases.application.Shop;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * An instance of release 2. It writes the new columns as soon as they are there, and reads them once they are filled. Until then, it
 * uses the old one.
 */
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
                        .release("2")
                        .claimTime(Duration.parse(arguments[1]))
                        .settleTime(Duration.parse(arguments[2]))
                        // The server has answered all requests before the registry is closed.
                        .drainTime(Duration.ZERO)
                        .build()) {
            migrations.dispatch();
            Server.serve(shop(migrations, DSL.using(pool, SQLDialect.POSTGRES)));
        }
    }

    private static Shop shop(AsyncMigrationRegistry migrations, DSLContext dsl) {
        Customers whole = new WholeNames(dsl);
        Customers split = new SplitNames(dsl);
        return new Shop(
                // Each of its writes sets both new columns. If one set a single column of two, it would have to wait
                // for the back-fill.
                () -> migrations.addCustomerNames().isDone() ? split : whole,
                () -> migrations.fillCustomerNames().isDone() ? split : whole);
    }
}
