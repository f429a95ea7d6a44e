package org.asyncmigrations.testing.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** One server for all tests of this JVM, with a database and a pool of connections for each. Thread-safe. */
final class FreshDatabases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** As many as any test needs: two engines with their jobs, two registries, and the test. */
    private static final int CONNECTIONS = 30;

    private FreshDatabases() {}

    /** Started by the first request; ends with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres STARTED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException("the PostgreSQL of the suite does not start", failure);
            }
        }
    }

    static HikariDataSource next() {
        String name = "suite_" + NUMBER.incrementAndGet();
        DSL.using(Server.STARTED.getPostgresDatabase(), SQLDialect.POSTGRES).execute("create database " + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Server.STARTED.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
