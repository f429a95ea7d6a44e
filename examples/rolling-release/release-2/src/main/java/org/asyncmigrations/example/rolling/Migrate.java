package org.asyncmigrations.example.rolling;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.example.rolling.application.Database;

/** Release 2 as a job: it only migrates, and its exit code tells the result. */
public final class Migrate {
    private Migrate() {}

    /**
     * Runs until everything is done that the mode allows.
     *
     * @param arguments the database's URL
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        int exitCode;
        try (HikariDataSource pool = Database.pool(arguments[0]);
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .application("customers")
                        .release("2")
                        .build()) {
            Dispatch dispatch = migrations.dispatch();
            dispatch.awaitDone(Duration.ofHours(6));
            System.out.println(dispatch.message());
            exitCode = dispatch.exitCode();
        }
        System.exit(exitCode);
    }
}
