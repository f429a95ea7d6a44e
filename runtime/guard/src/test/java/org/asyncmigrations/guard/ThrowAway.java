package org.asyncmigrations.guard;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases for one test each, on one server, and scripts. */
final class ThrowAway {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private ThrowAway() {}

    static DataSource postgres() throws SQLException {
        String name = "guard" + NUMBER.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
        return source;
    }

    static Path resource(String name) {
        return Path.of("src/test/resources", name);
    }

    /** A script with this text. */
    static Path script(Path folder, String name, String sql) {
        try {
            return Files.writeString(folder.resolve(name), sql);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }
}
