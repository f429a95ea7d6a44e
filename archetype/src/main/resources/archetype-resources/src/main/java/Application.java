package ${package};

import ${package}.migrations.AsyncMigrationRegistry;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;

/** An application that brings its data forward while it serves its users. */
public final class Application {
    private final DataSource dataSource;

    Application(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Runs on the database of DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD; {@code LocalApplication} brings one of its own. */
    public static void main(String[] arguments) throws InterruptedException {
        String url = System.getenv("DATABASE_URL");
        if (url == null) {
            System.err.println("DATABASE_URL is not set: the JDBC URL of the database, which has the tables of schema.sql");
            System.exit(2);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(System.getenv("DATABASE_USER"));
        config.setPassword(System.getenv("DATABASE_PASSWORD"));
        try (HikariDataSource pool = new HikariDataSource(config)) {
            new Application(pool).run();
        }
    }

    Dispatch.Outcome run() throws InterruptedException {
        try (var migrations = AsyncMigrationRegistry.builder(dataSource).build()) {
            Dispatch dispatch = migrations.dispatch(); // returns at once; the work goes on behind
            // Here your application serves its users, for as long as it lives. This one has nothing else to do, and waits.
            Dispatch.Outcome outcome = dispatch.await(Duration.ofMinutes(10));
            System.out.println(migrations.status());
            return outcome;
        } // ends at a batch's end; the next instance goes on there
    }
}
