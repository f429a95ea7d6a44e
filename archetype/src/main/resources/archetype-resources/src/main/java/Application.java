package ${package};

#if( $framework == "spring-boot" )
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that runs its migrations once it is ready. Its beans are available to the migrations. */
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

    /** Runs the migrations on the application's database. The exit code tells the result. */
    public static void main(String[] arguments) throws Exception {
        int exitCode;
        try (HikariDataSource pool = Database.open()) {
            exitCode = run(migrations(pool));
        }
        System.exit(exitCode);
    }

    /**
     * The migrations and their settings, which the tests use too. If a migration's constructor has a parameter, pass the object
     * here, and only here: {@code builder(dataSource, () -> rates)}. For several objects, pass a record that implements
     * {@code Services}.
     */
    static RegistryBuilder<AsyncMigrationRegistry> migrations(DataSource dataSource) {
        return AsyncMigrationRegistry.builder(dataSource).application("${artifactId}");
    }

    /** Runs the migrations and returns the exit code: 0 if everything is done. */
    static int run(RegistryBuilder<AsyncMigrationRegistry> builder) throws InterruptedException {
        try (AsyncMigrationRegistry migrations = builder.build()) {
            Dispatch dispatch = migrations.dispatch(); // returns at once; the work continues in the background
            // A web application would serve requests now, and keep the registry open until it ends. This one waits.
            dispatch.await(Duration.ofHours(6));
            System.out.println(migrations.status());
            System.out.println(dispatch.message());
            return dispatch.exitCode();
        } // waits for the current batch; the next run continues there
    }
}
#end
