package ${package};

#if( $framework == "spring-boot" )
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The migrations begin once the application is ready; they are made with its beans. */
@SpringBootApplication
public class Application {
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
#else
import ${package}.migrations.AsyncMigrationRegistry;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.dispatch.RegistryBuilder;

/** An application that runs its migrations while it serves its users. */
public final class Application {
    private Application() {}

    /** Runs the migrations on the application's database; the exit code says how they stand. */
    public static void main(String[] arguments) throws Exception {
        int exitCode;
        try (HikariDataSource pool = Database.open()) {
            exitCode = run(migrations(pool));
        }
        System.exit(exitCode);
    }

    /**
     * The migrations and their settings; the tests use them too. If a migration gets a constructor with a parameter, pass what it
     * needs here, and only here: {@code builder(dataSource, () -> rates)}; for several, a record that implements {@code Services}.
     */
    static RegistryBuilder<AsyncMigrationRegistry> migrations(DataSource dataSource) {
        return AsyncMigrationRegistry.builder(dataSource).application("${artifactId}");
    }

    /** Runs the migrations and returns the exit code: 0 if everything is done. */
    static int run(RegistryBuilder<AsyncMigrationRegistry> builder) throws InterruptedException {
        try (AsyncMigrationRegistry migrations = builder.build()) {
            Dispatch dispatch = migrations.dispatch(); // returns at once; the work goes on in the background
            // A web application serves its users now and keeps the registry open until it ends. This one waits for the work.
            dispatch.await(Duration.ofHours(6));
            System.out.println(migrations.status());
            System.out.println(dispatch.message());
            return dispatch.exitCode();
        } // waits for the current batch; the next run continues there
    }
}
#end
