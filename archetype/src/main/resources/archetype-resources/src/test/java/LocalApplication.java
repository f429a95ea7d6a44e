package ${package};

#if( $framework == "spring-boot" )
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Runs the application on an embedded database with some customers, which is deleted when the application ends. */
@TestConfiguration(proxyBeanMethods = false)
class LocalApplication {
    public static void main(String[] arguments) {
        // Nobody else uses this database, so after-release migrations don't wait for older instances.
        String[] all = Stream.concat(Stream.of("--async-migrations.mode=after"), Stream.of(arguments)).toArray(String[]::new);
        SpringApplication.from(Application::main).with(LocalApplication.class).run(all);
    }

    @Bean
    LocalDatabase database() throws Exception {
        return LocalDatabase.start();
    }

    @Bean
    DataSource dataSource(LocalDatabase database) {
        return database.dataSource();
    }

    @Bean
    CommandLineRunner fill(DataSource dataSource) {
        return arguments -> LocalDatabase.fill(dataSource, 10_000);
    }
}
#else
import org.asyncmigrations.Mode;

/** Runs the application on an embedded database with some customers, which is deleted when the application ends. */
public final class LocalApplication {
    private LocalApplication() {}

    public static void main(String[] arguments) throws Exception {
        int exitCode;
        try (LocalDatabase database = LocalDatabase.start()) {
            LocalDatabase.fill(database.dataSource(), 10_000);
            System.out.println("Nobody else uses this database, so after-release migrations don't wait for older instances (Mode.AFTER).");
            exitCode = Application.run(Application.migrations(database.dataSource()).mode(Mode.AFTER));
        }
        System.exit(exitCode);
    }
}
#end
