package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.cli.Shop.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard at the command line, on real servers. */
class GuardVerbTest {
    private static final String FILE = "V42__status.sql";

    @TempDir
    private Path folder;

    @BeforeEach
    void scripts() throws IOException {
        Files.writeString(folder.resolve("V9__shop.sql"), "create table orders (id bigint primary key);");
        Files.writeString(folder.resolve("V10__status.sql"), "alter table orders add column status varchar(20);");
        Files.writeString(folder.resolve("U10__status.sql"), "alter table orders drop column status;");
        Files.writeString(
                folder.resolve("R__open.sql"),
                "create view open_orders as select * from orders where status = 'open';");
        Files.writeString(
                folder.resolve(FILE),
                "create index orders_status on orders (status);\nalter table orders add column a int;\n");
    }

    private static Map<String, String> env(Fresh server) {
        Map<String, String> env = new HashMap<>();
        env.put("ASYNC_MIGRATIONS_SERVER", server.url());
        env.put("ASYNC_MIGRATIONS_SERVER_USER", server.user());
        env.put("ASYNC_MIGRATIONS_SERVER_PASSWORD", server.password());
        return env;
    }

    private Ran guard(Map<String, String> env, String... options) {
        List<String> args =
                new ArrayList<>(List.of("guard", folder.resolve(FILE).toString(), "--schema-from", folder.toString()));
        args.addAll(List.of(options));
        return Shop.run(env, args.toArray(String[]::new));
    }

    private static List<String> databases(Fresh server) throws SQLException {
        boolean isPostgres = server.url().startsWith("jdbc:postgresql:");
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(isPostgres ? "select datname from pg_database" : "show databases")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Test
    void theReadmeShowsWhatItSays() throws Exception {
        try (Fresh server = TestDatabase.POSTGRES.fresh()) {
            Ran ran = guard(env(server));

            assertThat(ran.err()).isEmpty();
            assertThat(ran.code()).isEqualTo(1);
            assertThat(Files.readString(Path.of("README.md")))
                    .contains("guard db/V42__status.sql --schema-from db; echo $?\n" + ran.out() + "1\n```");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theDatabaseIsDroppedAgain(TestDatabase product) throws Exception {
        try (Fresh server = product.fresh()) {
            Files.writeString(folder.resolve(FILE), "select 1 from open_orders;");
            List<String> before = databases(server);

            Ran ran = guard(env(server));

            assertThat(ran.out()).as(ran.err()).isEqualToIgnoringNewLines("1 statement: 1 harmless");
            assertThat(ran.code()).isZero();
            assertThat(databases(server)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void aDumpIsASchema() throws Exception {
        Path dump = Files.writeString(folder.resolve("dump"), "create table orders (status text);");
        try (Fresh server = TestDatabase.POSTGRES.fresh()) {
            assertThat(Shop.run(
                                    env(server),
                                    "guard",
                                    folder.resolve(FILE).toString(),
                                    "--schema-from",
                                    dump.toString(),
                                    "--one-transaction")
                            .out())
                    .endsWith("2 statements: 1 short-lock, 1 blocks-writes\n");
        }
    }

    @Test
    void forPrograms() {
        try (Fresh server = TestDatabase.POSTGRES.fresh()) {
            assertThat(guard(env(server), "--json").out())
                    .startsWith(
                            "{\"exitCode\":1,\"findings\":1,\"statements\":[{\"file\":\"V42__status.sql\",\"line\":1,"
                                    + "\"statement\":\"create index orders_status on orders (status)\",\"verdict\":\"blocks-writes\","
                                    + "\"finding\":true,\"observed\":[\"holds SHARE on orders while it reads all of orders\"")
                    .hasLineCount(1);
        }
    }

    @Test
    void aSchemaThatCannotBeMadeIsOneSentence() throws Exception {
        Files.writeString(folder.resolve("V10__status.sql"), "alter table nothing add column status text;");
        try (Fresh server = TestDatabase.POSTGRES.fresh()) {
            List<String> before = databases(server);

            Ran ran = guard(env(server));

            assertThat(ran.err())
                    .startsWith("async-migrations: The schema cannot be created: V10__status.sql:1: ")
                    .hasLineCount(1);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(databases(server)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void theServerOfTheLiveDatabaseIsRefused() {
        try (Fresh server = TestDatabase.POSTGRES.fresh()) {
            Map<String, String> env = env(server);
            env.put("ASYNC_MIGRATIONS_URL", server.url().replaceFirst("/[^/?]*(\\?.*)?$", "/shop"));

            Ran ran = guard(env);

            assertThat(ran.err())
                    .isEqualToIgnoringNewLines("async-migrations: the live database's server is not a throw-away"
                            + " server; give another one with --server");
            assertThat(ran.code()).isEqualTo(2);
        }
    }

    @Test
    void theLiveDatabaseIsAskedForSizes() {
        try (Fresh server = TestDatabase.POSTGRES.fresh();
                Fresh live = TestDatabase.POSTGRES.fresh()) {
            live.dsl().execute("create table orders (id bigint)");
            Map<String, String> env = env(server);
            // The same server by another name.
            env.put("ASYNC_MIGRATIONS_URL", live.url().replace("localhost", "127.0.0.1"));
            env.put("ASYNC_MIGRATIONS_USER", live.user());

            Ran ran = guard(env, "--live");

            assertThat(ran.out()).as(ran.err()).isEqualToIgnoringNewLines("2 statements: 2 short-lock");
            assertThat(ran.code()).isZero();
        }
    }

    @Test
    void whatIsMissingIsUsage() {
        assertThat(guard(Map.of()).err()).contains("no throw-away server is named; give --server");
        assertThat(guard(Map.of("ASYNC_MIGRATIONS_SERVER", "jdbc:h2:mem:x")).err())
                .contains("the guard needs PostgreSQL or MariaDB");
        assertThat(Shop.run(Map.of(), "guard", folder.resolve("none.sql").toString())
                        .err())
                .contains("there is no file ");
        assertThat(Shop.run(Map.of(), "guard").code()).isEqualTo(2);

        Ran unreachable = guard(Map.of("ASYNC_MIGRATIONS_SERVER", "jdbc:postgresql://127.0.0.1:1/x"));
        assertThat(unreachable.err()).startsWith("async-migrations: the throw-away server cannot be reached: ");
        assertThat(unreachable.code()).isEqualTo(1);
    }
}
