package org.asyncmigrations.testing.worker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** One server for all tests of this JVM, with a database for each. Thread-safe. */
final class FreshDatabases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

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

    static DataSource next() {
        String name = "suite_" + NUMBER.incrementAndGet();
        DSL.using(Server.STARTED.getPostgresDatabase(), SQLDialect.POSTGRES).execute("create database " + name);
        return Server.STARTED.getDatabase("postgres", name);
    }
}
