package org.asyncmigrations.guard;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases for one test each, which stay until the server goes, and scripts. */
final class ThrowAway {
    private ThrowAway() {}

    static DataSource postgres() {
        Fresh fresh = withoutPool(TestDatabase.POSTGRES);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(fresh.url());
        source.setUser(fresh.user());
        return source;
    }

    /**
     * The same database for each test that asks for it, without what others have left: a new one takes longer. Its pool has as many
     * connections as the guard asks for.
     */
    static DataSource emptied() throws SQLException {
        try (Connection connection = Emptied.DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists elsewhere cascade; drop schema if exists s cascade;"
                    + " drop schema public cascade; create schema public");
        }
        return Emptied.DATABASE;
    }

    static DataSource mariaDb() throws SQLException {
        Fresh fresh = withoutPool(TestDatabase.MARIADB);
        MariaDbDataSource source = new MariaDbDataSource(fresh.url());
        source.setUser(fresh.user());
        return source;
    }

    /** Its idle connections would add up over all tests. */
    private static Fresh withoutPool(TestDatabase product) {
        Fresh fresh = product.fresh();
        ((HikariDataSource) fresh.dataSource()).close();
        return fresh;
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

    private static final class Emptied {
        static final DataSource DATABASE = create();

        private static DataSource create() {
            HikariConfig pool = new HikariConfig();
            pool.setDataSource(postgres());
            pool.setMaximumPoolSize(4);
            return new HikariDataSource(pool);
        }
    }
}
