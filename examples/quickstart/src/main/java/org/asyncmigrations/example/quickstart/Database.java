package org.asyncmigrations.example.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The example's own database, in a temporary directory, with a connection pool. */
final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final SQLDialect dialect;
    private final Closeable server;

    private Database(String url, SQLDialect dialect, Closeable server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(10);
        this.pool = new HikariDataSource(config);
        this.dialect = dialect;
        this.server = server;
    }

    static Database open(boolean postgres) throws IOException {
        return postgres ? postgres() : h2();
    }

    private static Database h2() throws IOException {
        Path directory = Files.createTempDirectory("quickstart");
        // A single UPDATE of the whole table blocks the client for a long time, but the client should not give up.
        String url = "jdbc:h2:file:" + directory.resolve("quickstart") + ";LOCK_TIMEOUT=600000";
        return new Database(url, SQLDialect.H2, () -> delete(directory));
    }

    private static Database postgres() throws IOException {
        // Makes lower() use Unicode's own rules, whatever this machine's locale is.
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "PG_UNICODE_FAST")
                .start();
        return new Database(
                server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true", SQLDialect.POSTGRES, server);
    }

    DataSource dataSource() {
        return pool;
    }

    DSLContext dsl() {
        return DSL.using(pool, dialect);
    }

    /** Updates the planner's statistics, which the server would do by itself a little later. */
    void analyze() {
        dsl().execute(dialect == SQLDialect.H2 ? "analyze" : "vacuum analyze");
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Database::deleteFile);
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
