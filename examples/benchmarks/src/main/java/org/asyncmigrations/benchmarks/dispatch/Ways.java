package org.asyncmigrations.benchmarks.dispatch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Jars;

/**
 * Prepares the ways to start with this number of migrations, each with a database in which they are done.
 *
 * @param work a directory of its own
 * @param server where the databases are created
 * @param count how many migrations
 */
record Ways(Path work, Server server, int count) {
    Ways {
        if (count < 10) {
            throw new IllegalArgumentException("a size must be 10 or more, so that there is a migration of each kind");
        }
    }

    List<Way> all() throws IOException, InterruptedException, SQLException {
        Files.createDirectories(work);
        Way ours = migrated(
                Way.OURS,
                GeneratedRegistry.START,
                new GeneratedRegistry(work.resolve("ours"), count).compiled(),
                server.database(database(Way.OURS), new Scripts(count).schema()),
                "select count(*) from async_schema_migrations where state = 'done'");
        List<Way> ways = new ArrayList<>(List.of(ours));
        ways.add(migrated(
                Way.FLYWAY,
                FlywayStart.class.getName(),
                path(
                        Directories.filled(work.resolve("flyway"), new Scripts(count).flyway()),
                        "org.flywaydb.core.Flyway",
                        "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
                        "org.flywaydb.database.cockroachdb.CockroachDBDatabaseType"),
                server.database(database(Way.FLYWAY), ""),
                "select count(*) from flyway_schema_history where success"));
        ways.add(migrated(
                Way.LIQUIBASE,
                LiquibaseStart.class.getName(),
                path(
                        Directories.filled(work.resolve("liquibase"), new Scripts(count).liquibase()),
                        "liquibase.Liquibase",
                        "com.opencsv.CSVReader",
                        "org.yaml.snakeyaml.Yaml",
                        "javax.xml.bind.JAXBContext",
                        "org.apache.commons.collections4.MapUtils",
                        "org.apache.commons.text.StringEscapeUtils",
                        "org.apache.commons.lang3.StringUtils",
                        "org.apache.commons.io.IOUtils"),
                server.database(database(Way.LIQUIBASE), ""),
                "select count(*) from databasechangelog"));
        ways.add(way(Way.SELECT, SelectStart.class.getName(), "", ours.url()));
        return ways;
    }

    /** {@return the statements of another start} In a run of its own, because logging takes time. */
    List<Sent> sentBy(Way way) throws IOException, InterruptedException, SQLException {
        String database = database(way.name().equals(Way.SELECT) ? Way.OURS : way.name());
        int before = server.sent(database).size();
        server.log(database, true);
        way.cold();
        server.log(database, false);
        List<Sent> all = server.sent(database);
        return Sent.ofStart(all.subList(before, all.size()));
    }

    /** {@return the name of a way's database} */
    String database(String name) {
        return name.replaceAll("\\W", "").toLowerCase(java.util.Locale.ROOT) + "_" + count;
    }

    private Way migrated(String name, String start, String classPath, String url, String done)
            throws IOException, InterruptedException, SQLException {
        Way way = way(name, start, classPath, url);
        way.migrate();
        long found = server.number(database(name), done);
        if (found != count) {
            throw new IllegalStateException(name + " must have done " + count + " migrations, and did " + found);
        }
        return way;
    }

    private Way way(String name, String start, String classPath, String url) {
        String measured = Jars.of(
                MeasuredStart.class.getName(),
                "com.zaxxer.hikari.HikariDataSource",
                "org.postgresql.Driver",
                "org.slf4j.Logger",
                "org.slf4j.simple.SimpleServiceProvider");
        return new Way(
                name,
                start,
                classPath.isEmpty() ? measured : measured + File.pathSeparator + classPath,
                url,
                work.resolve("output"));
    }

    private static String path(Path directory, String... classNames) {
        return directory + File.pathSeparator + Jars.of(classNames);
    }
}
