package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights on a table that is renamed on MariaDB, on a server that checks them. */
class InnoDbRenameRightsTest {
    private static final RenameByView TABLE = InnoDbRenameByViewTest.TABLE;

    private final String name = "r" + UUID.randomUUID().toString().replace("-", "");
    private final String owner = "owner_" + name + "@localhost";
    private final String other = "other_" + name + "@localhost";
    private final String role = "role_" + name;

    @BeforeEach
    void create() {
        TroubleServer.onMariaDb("create database " + name + " character set utf8mb4");
        for (String user : List.of(owner, other)) {
            TroubleServer.onMariaDb("create user " + user + " identified by 'secret'");
        }
        TroubleServer.onMariaDb("create role " + role);
        TroubleServer.onMariaDb("grant " + role + " to " + other);
        TroubleServer.onMariaDb("grant all on " + name + ".* to " + owner);
    }

    @AfterEach
    void drop() {
        TroubleServer.onMariaDb("drop database " + name);
        TroubleServer.onMariaDb("drop role " + role);
        TroubleServer.onMariaDb("drop user " + owner + ", " + other);
    }

    private Fresh fresh() {
        String url = TroubleServer.mariaDbUrl(name);
        String user = owner.replace("@localhost", "");
        HikariDataSource pool = TroubleServer.pool(url, user, "secret", 8);
        DSLContext dsl = DSL.using(pool, TestDatabase.MARIADB.dialect());
        InnoDbRenameByViewTest.prepare(dsl);
        return new Fresh(pool, dsl, url, user, "secret", pool::close);
    }

    private void grant(String what) {
        TroubleServer.onMariaDb("grant " + what.replace("customers", name + ".customers"));
    }

    private Connection others() throws SQLException {
        return DriverManager.getConnection(TroubleServer.mariaDbUrl(name), other.replace("@localhost", ""), "secret");
    }

    private static void denied(DSLContext dsl, String sql) {
        assertThatThrownBy(() -> dsl.execute(sql)).hasMessageContaining("denied");
    }

    @Test
    void eachUserHasTheRightsThatItHadByBothNames() throws SQLException {
        TroubleServer.onMariaDb("grant select on mysql.* to " + owner);
        TroubleServer.onMariaDb("grant grant option on " + name + ".* to " + owner);
        try (Fresh fresh = fresh()) {
            grant("delete, select (id, email), update (email) on customers to " + other);
            grant("select on customers to " + role + " with grant option");
            SchemaSteps.done(TABLE.expand(), fresh);
            try (Connection connection = others()) {
                DSLContext dsl = DSL.using(connection, TestDatabase.MARIADB.dialect());
                for (String table : List.of("customers", "clients")) {
                    assertThat(dsl.fetchValue("select count(email) from " + table))
                            .isEqualTo(1L);
                    assertThat(dsl.execute("update " + table + " set email = '" + table + "'"))
                            .isEqualTo(1);
                    denied(dsl, "select note from " + table);
                    denied(dsl, "update " + table + " set note = 'x'");
                    denied(dsl, "insert into " + table + " (email) values ('x')");
                    dsl.execute("delete from " + table + " where email = 'x'");
                }
                dsl.execute("set role " + role);
                assertThat(dsl.fetchValue("select note from clients")).isEqualTo("new");
                assertThat(dsl.fetchValue("select note from customers")).isEqualTo("new");
            }
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.contract(), fresh);
        }
    }

    @Test
    void theOldNameCanBeReadBeforeAndBehindEachStatement() {
        TroubleServer.onMariaDb("grant select on mysql.* to " + owner);
        TroubleServer.onMariaDb("grant grant option on " + name + ".* to " + owner);
        try (Fresh fresh = fresh()) {
            grant("select on customers to " + other);
            grant("insert on customers to " + role);
            BetweenStatements.Application look = (application, number) -> {
                try (Connection connection = others()) {
                    DSLContext dsl = DSL.using(connection, TestDatabase.MARIADB.dialect());
                    assertThat(dsl.fetchValue("select count(*) from customers")).isEqualTo(1L);
                } catch (SQLException problem) {
                    throw new IllegalStateException(problem);
                }
            };
            assertThat(BetweenStatements.run(fresh, look, writing -> SchemaSteps.done(TABLE.expand(), writing)))
                    .isGreaterThanOrEqualTo(12);
        }
    }

    /** Without the right to read the database mysql, nobody sees the rights of others. The view has those of the migration's user. */
    @Test
    void theOldNameKeepsRightsThatTheMigrationCannotSee() throws SQLException {
        try (Fresh fresh = fresh()) {
            grant("select, update on customers to " + other);
            SchemaSteps.done(TABLE.expand(), fresh);
            try (Connection connection = others()) {
                DSLContext dsl = DSL.using(connection, TestDatabase.MARIADB.dialect());
                assertThat(dsl.execute("update customers set note = 'x'")).isEqualTo(1);
                denied(dsl, "select * from clients");
                denied(dsl, "delete from customers");
            }
        }
    }

    @Test
    void rightsThatTheMigrationMayNotGrantAreRefused() {
        TroubleServer.onMariaDb("grant select on mysql.* to " + owner);
        try (Fresh fresh = fresh()) {
            grant("select on customers to " + owner);
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.undo(), fresh);
            grant("select (email) on customers to " + other);
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh))
                    .contains(
                            "users have rights on table customers alone ('"
                                    + other.replace("@localhost", "'@'localhost'"),
                            "must have GRANT OPTION on the database");
            assertThat(InnoDbRenameByViewTest.kinds(fresh.dsl())).isEqualTo("BASE TABLE, null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE VIEW", "DROP", "DELETE"})
    void aMissingPrivilegeIsRefused(String privilege) {
        try (Fresh fresh = fresh()) {
            TroubleServer.onMariaDb("revoke " + privilege + " on " + name + ".* from " + owner);
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh))
                    .contains("the user " + owner + " must have the privilege " + privilege
                            + " on the database of table customers");
            assertThat(InnoDbRenameByViewTest.kinds(fresh.dsl())).isEqualTo("BASE TABLE, null");
        }
    }

    /** The shared server, which checks no rights, has no events. */
    @Test
    void eventsAreSeen() {
        try (Fresh fresh = fresh()) {
            DSLContext dsl = fresh.dsl();
            String event = "create event nightly on schedule every 1 day disable do ";
            dsl.execute(event + "TRUNCATE `customers`");
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh))
                    .contains("the event nightly truncates table customers");
            dsl.execute("drop event nightly");
            dsl.execute(event + "delete from customers where id < 0");
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(SchemaSteps.refused(TABLE.contract(), fresh))
                    .contains("the event nightly has the name customers in its text");
            dsl.execute("drop event nightly");
            SchemaSteps.done(TABLE.contract(), fresh);
        }
    }
}
