package ${package};

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * The application's database. Its settings are the environment variables DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD, or
 * else database.url, database.user and database.password in application.properties in the working directory.
 */
final class Database {
    private Database() {}

    static HikariDataSource open() throws IOException {
        Properties file = new Properties();
        Path path = Path.of("application.properties");
        if (Files.exists(path)) {
            try (Reader reader = Files.newBufferedReader(path)) {
                file.load(reader);
            }
        }
        String url = setting("DATABASE_URL", file);
        if (url == null) {
            System.err.println("No database is configured: set DATABASE_URL"
                    + " (such as #if( $database == "postgresql" )jdbc:postgresql://localhost:5432/shop#elseif( $database == "mariadb" )jdbc:mariadb://localhost:3306/shop#{else}jdbc:h2:./shop#end), DATABASE_USER and DATABASE_PASSWORD,"
                    + " or database.url, database.user and database.password in application.properties.");
            System.exit(2);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(setting("DATABASE_USER", file));
        config.setPassword(setting("DATABASE_PASSWORD", file));
        // The driver reports a wrong URL or password at once. A pool would take 30 seconds and print a stack trace.
        try {
            DriverManager.getConnection(url, config.getUsername(), config.getPassword()).close();
        } catch (SQLException failure) {
            System.err.println("The database can't be reached: " + failure.getMessage());
            System.exit(4);
        }
        return new HikariDataSource(config);
    }

    private static String setting(String name, Properties file) {
        String environment = System.getenv(name);
        return environment != null ? environment : file.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
    }
}
