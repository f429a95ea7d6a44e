package org.asyncmigrations.throttle;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A PostgreSQL primary and a standby that streams from it. The caller deletes the folder. */
final class PostgresPair implements AutoCloseable {
    private static final Set<String> OF_ITS_SERVER = Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "pg_wal");

    private final EmbeddedPostgres primary;
    private final Path standbyData;
    private EmbeddedPostgres standby;
    private String receiver = "";

    PostgresPair(Path folder) throws Exception {
        standbyData = folder.resolve("standby");
        primary = server(folder.resolve("primary"));
        try {
            copyPrimary(folder.resolve("primary"));
            standby = server(standbyData);
        } catch (Exception failure) {
            primary.close();
            throw failure;
        }
    }

    DSLContext primary() {
        return primary("postgres");
    }

    DSLContext primary(String user) {
        return DSL.using(primary.getDatabase(user, "postgres"), SQLDialect.POSTGRES);
    }

    DSLContext standby() {
        return DSL.using(standbySource(), SQLDialect.POSTGRES);
    }

    DataSource standbySource() {
        return standby.getPostgresDatabase();
    }

    DataSource primarySource() {
        return primary.getPostgresDatabase();
    }

    void stopStandby() throws IOException {
        standby.close();
    }

    void startStandby() throws IOException {
        standby = server(standbyData);
    }

    /** The connection stays open, so to the primary this looks like a frozen standby. */
    void freezeReceiver() throws Exception {
        receiver = standby().fetchValue("select pid from pg_stat_wal_receiver").toString();
        signal("-STOP");
    }

    void thawReceiver() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        int ended =
                new ProcessBuilder("kill", signal, receiver).inheritIO().start().waitFor();
        if (ended != 0) {
            throw new IllegalStateException("kill " + signal + " ended with " + ended);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            standby.close();
        } finally {
            primary.close();
        }
    }

    private static EmbeddedPostgres server(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("wal_level", "replica")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    /** Does what pg_basebackup would, which isn't among the embedded binaries. */
    private void copyPrimary(Path from) throws Exception {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            Files.walkFileTree(from, new Copy(from, standbyData));
            Files.createDirectories(standbyData.resolve("pg_wal/archive_status"));
            try (ResultSet backup = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                backup.next();
                Files.writeString(standbyData.resolve("backup_label"), backup.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the primary cannot be copied", failure);
        }
        Files.setPosixFilePermissions(standbyData, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(standbyData.resolve("standby.signal"), "");
        Files.writeString(
                standbyData.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + primary.getPort()
                        + " user=postgres application_name=reports'\n",
                StandardOpenOption.APPEND);
    }

    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (OF_ITS_SERVER.contains(folder.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!OF_ITS_SERVER.contains(file.getFileName().toString())) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
        }

        /** The server deletes files while they are copied; its log makes up for that. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
