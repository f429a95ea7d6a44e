package org.asyncmigrations.example.rolling;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.example.rolling.application.Database;

/** Release 2 as a job that serves nobody: it migrates, and says by its exit code how that ended. */
public final class Migrate {
    private Migrate() {}

    /**
     * Runs it until all is done that the mode runs.
     *
     * @param arguments the database's URL
     * @throws InterruptedException when it is to end
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
