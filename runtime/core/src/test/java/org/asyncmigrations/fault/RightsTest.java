package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.database.Connections;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.dispatch.TroubleServer;
import org.asyncmigrations.state.StateSchema;
import org.junit.jupiter.api.Test;

/** The rights that the runtime's README lists are enough, where somebody else has made the state tables. */
class RightsTest {
    private static final Path README = Path.of("../README.md");

    /** A line of the table of rights: a state table's name, and what may be done with it. */
    private static final Pattern LINE =
            Pattern.compile("\\| `(async_\\w+)` \\| ((?:SELECT|INSERT|UPDATE|DELETE|, )+) \\|");

    private static final String PASSWORD = "minimal";

    private static Map<String, String> documented() throws Exception {
        Map<String, String> rights = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(Files.readString(README));
        while (lines.find()) {
            rights.put(lines.group(1), lines.group(2));
        }
        assertThat(rights).hasSameSizeAs(TestTables.all().all());
        // Those of the migrations in this test.
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
            for (Map.Entry<String, String> right : documented().entrySet()) {
                fresh.dsl().execute("grant " + right.getValue() + " on " + right.getKey() + " to " + role);
            }
            try {
                migrate(TroubleServer.plain(TestDatabase.POSTGRES, fresh.url(), role, PASSWORD), ledger);
            } finally {
                fresh.dsl().execute("drop owned by " + role);
                fresh.dsl().execute("drop role " + role);
            }
        }
    }

    private static void migrate(DataSource minimal, Ledger ledger) throws Exception {
        mayNot(minimal, "create table mine (id int)");
        LedgerBuild build = new LedgerBuild("minimal", 0, version -> {});
        try (Dispatcher registry = build.catalog().on(minimal).build()) {
            assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.FAILED);
            assertThat(ledger.wrongWithRejects()).isEmpty();
            ledger.mend();
            registry.migration(LedgerBuild.ORDERS).pause();
            registry.migration(LedgerBuild.ORDERS).resume();
            registry.migration(LedgerBuild.ORDERS).retry();
            assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            assertThat(registry.status().migrations()).hasSize(4);
        }
        assertThat(ledger.wrong()).isEmpty();
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
