package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestSource;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.dispatch.TroubleServer;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultStatement;
import org.junit.jupiter.api.Test;

/** The rights that the runtime's README lists are sufficient, and all of them are needed, if another user has created the state tables. */
class RightsTest {
    private static final Path README = Path.of("../README.md");

    /** A line of the rights table: a state table's name, and its rights. */
    private static final Pattern LINE =
            Pattern.compile("\\| `(async_\\w+)` \\| ((?:SELECT|INSERT|UPDATE|DELETE|, )+) \\|");

    /** Far more than the test takes; it never waits that long. */
    private static final Duration LONG = Duration.ofMinutes(3);

    private static final String PASSWORD = "minimal";

    private static final Map<String, String> VERBS = Map.of(
            "SELECT",
            "(?!(?:set statement.* for )?\\s*delete).*\\b(?:from|join)",
            "INSERT",
            "(?:set statement.* for )?\\s*insert into",
            "UPDATE",
            "(?:set statement.* for )?\\s*update",
            "DELETE",
            "(?:set statement.* for )?\\s*delete from");

    /** {@return the rights that the page lists for the state tables} */
    static Map<String, String> ofStateTables() throws Exception {
        Map<String, String> rights = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(Files.readString(README));
        while (lines.find()) {
            rights.put(lines.group(1), lines.group(2));
        }
        assertThat(rights).hasSameSizeAs(TestTables.all().all());
        return rights;
    }

    private static Map<String, String> documented() throws Exception {
        Map<String, String> rights = ofStateTables();
        // The rights for this test's own migrations.
        for (String table : new String[] {"accounts", "people", "invoices", "orders"}) {
            rights.put(table, "SELECT, UPDATE");
        }
        return rights;
    }

    @Test
    void theyAreEnoughOnPostgres() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            Ledger ledger = Ledger.create(TestDatabase.POSTGRES, fresh);
            StateSchema.install(Connections.of(fresh.dataSource()), TestTables.all());
            String role = "minimal" + Integer.toHexString(fresh.url().hashCode());
            fresh.dsl().execute("create role " + role + " login password '" + PASSWORD + "'");
            grant(fresh, role);
            try {
                migrate(TroubleServer.plain(TestDatabase.POSTGRES, fresh.url(), role, PASSWORD), ledger);
            } finally {
                fresh.dsl().execute("drop owned by " + role);
                fresh.dsl().execute("drop role " + role);
            }
        }
    }

    /** Uses a server that checks rights; the common test server doesn't. */
    @Test
    void theyAreEnoughOnMariaDb() throws Exception {
        TroubleServer.onMariaDb("create database minimal character set utf8mb4");
        // The server treats users from its own machine and users from anywhere as different.
        for (String place : List.of("localhost", "'%'")) {
            TroubleServer.onMariaDb("create user owner@" + place + " identified by '" + PASSWORD + "'");
            TroubleServer.onMariaDb("grant all on minimal.* to owner@" + place + " with grant option");
            TroubleServer.onMariaDb("create user minimal@" + place + " identified by '" + PASSWORD + "'");
        }
        String url = TroubleServer.mariaDbUrl("minimal");
        DataSource owners = TroubleServer.plain(TestDatabase.MARIADB, url, "owner", PASSWORD);
        DSLContext dsl = DSL.using(owners, TestDatabase.MARIADB.dialect());
        Runnable dropping = () -> TroubleServer.onMariaDb("drop database minimal");
        try (Fresh fresh = new Fresh(owners, dsl, url, "owner", PASSWORD, dropping)) {
            Ledger ledger = Ledger.create(TestDatabase.MARIADB, fresh);
            StateSchema.install(Connections.of(owners), TestTables.all());
            grant(fresh, "minimal@localhost");
            grant(fresh, "minimal@'%'");
            migrate(TroubleServer.plain(TestDatabase.MARIADB, url, "minimal", PASSWORD), ledger);
        }
    }

    private static void grant(Fresh fresh, String role) throws Exception {
        for (Map.Entry<String, String> right : documented().entrySet()) {
            fresh.dsl().execute("grant " + right.getValue() + " on " + right.getKey() + " to " + role);
        }
    }

    private static void migrate(DataSource minimal, Ledger ledger) throws Exception {
        mayNot(minimal, "create table mine (id int)");
        Set<String> sent = ConcurrentHashMap.newKeySet();
        DataSource recorded = recorded(minimal, sent);
        LedgerBuild build = new LedgerBuild("minimal", 0, version -> {});
        try (Dispatcher registry = build.catalog().on(recorded).build()) {
            assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
            assertThat(ledger.wrongWithRejects()).isEmpty();
            ledger.mend();
            registry.migration(LedgerBuild.ORDERS).pause();
            registry.migration(LedgerBuild.ORDERS).resume();
            registry.migration(LedgerBuild.ORDERS).retry();
            assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            assertThat(registry.status().migrations()).hasSize(4);
        }
        assertThat(ledger.wrong()).isEmpty();
        seal(recorded, build, ledger);
        requireAllUsed(sent);
    }

    /** An after-release migration's gate opens, and the back-fill that it depends on is walked once more. */
    private static void seal(DataSource minimal, LedgerBuild build, Ledger ledger) throws Exception {
        // The instance that has just ended counts as live for a while, and doesn't know this migration.
        ledger.run("delete from async_migration_instances");
        MigrationEntry after =
                MigrationEntry.afterRelease(5, "test.M5", By.TRANSACTION, "f5").after(LedgerBuild.PEOPLE);
        try (Dispatcher registry = build.catalog()
                .with(after, () -> (DataMigration) run -> run.dsl().selectOne().fetch())
                .on(minimal)
                .mode(Mode.GATED)
                .assumeNoOlderInstances()
                .settleTime(Duration.ofMillis(100))
                .build()) {
            registry.dispatch();
            assertThat(ledger.comesTrue(
                            LONG.toMillis(),
                            "select count(*) from async_schema_migrations where version = 5 and state = 'done'"))
                    .isTrue();
        }
    }

    private static DataSource recorded(DataSource source, Set<String> sent) {
        return (TestSource) () -> new DefaultConnection(source.getConnection()) {
            @Override
            public PreparedStatement prepareStatement(String sql) throws SQLException {
                sent.add(sql);
                return super.prepareStatement(sql);
            }

            @Override
            public Statement createStatement() throws SQLException {
                return new DefaultStatement(super.createStatement()) {
                    @Override
                    public ResultSet executeQuery(String sql) throws SQLException {
                        sent.add(sql);
                        return super.executeQuery(sql);
                    }

                    @Override
                    public int executeUpdate(String sql) throws SQLException {
                        sent.add(sql);
                        return super.executeUpdate(sql);
                    }
                };
            }
        };
    }

    /** Fails if a listed right is used by no statement. */
    private static void requireAllUsed(Set<String> sent) throws Exception {
        List<String> idle = new ArrayList<>();
        for (Map.Entry<String, String> line : documented().entrySet()) {
            for (String right : line.getValue().split(", ")) {
                Pattern use = Pattern.compile(
                        "(?is)" + VERBS.get(right) + "\\s+[`\"(]*(?:\\w+[`\"]?\\.[`\"]?)?" + line.getKey() + "\\b.*");
                // Statements on the migrations' own tables don't matter here.
                if (line.getKey().startsWith("async_")
                        && sent.stream().noneMatch(sql -> use.matcher(sql).matches())) {
                    idle.add(right + " on " + line.getKey());
                }
            }
        }
        assertThat(idle).isEmpty();
    }

    private static void mayNot(DataSource minimal, String sql) {
        try (Connection connection = minimal.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            return;
        }
        throw new AssertionError("may: " + sql);
    }
}
