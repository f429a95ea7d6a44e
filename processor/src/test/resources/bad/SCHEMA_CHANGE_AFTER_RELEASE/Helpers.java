package com.acme;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.springframework.jdbc.core.JdbcTemplate;

@AfterRelease(version = 103)
@Idempotent(By.TRANSACTION)
public final class Helpers implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run(run.dsl(), "drop table by_helper"); // found
        run(run.dsl(), "update users set a = 1 where a is null");
        twice(run.dsl(), "users", 3); // found below
        execute(run.dsl(), dropSql()); // found
        new Nested().send(run.dsl(), "drop table by_nested"); // found
        Beside.send(run.dsl(), "drop table by_class_beside"); // found
        ping(run.dsl(), "drop table by_recursion", 2); // found
        run.dsl().connection(Helpers::plain);
    }

    private static void run(DSLContext dsl, String sql) {
        dsl.execute(sql);
    }

    private static void twice(DSLContext dsl, String table, int times) {
        run(dsl, "truncate table " + table + times); // found
    }

    private static void execute(DSLContext dsl, String sql) {
        run(dsl, sql);
    }

    private static String dropSql() {
        return "drop table by_result";
    }

    private void ping(DSLContext dsl, String sql, int left) {
        if (left > 0) {
            pong(dsl, sql, left - 1);
        }
        dsl.execute(sql);
    }

    private void pong(DSLContext dsl, String sql, int left) {
        ping(dsl, sql, left);
    }

    private static void plain(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("alter table a drop b")) { // found
            statement.execute("drop table a"); // found
            statement.executeUpdate("drop table b"); // found
            statement.addBatch("drop table c"); // found
            prepared.execute();
        }
    }

    void spring(JdbcTemplate template) {
        template.execute("drop table d"); // found
        template.update("create table e (id int)"); // found
        template.batchUpdate(new String[] {"select 1", "drop table f"}); // found
    }

    private static final class Nested {
        void send(DSLContext dsl, String sql) {
            dsl.fetch(sql);
        }
    }
}

final class Beside {
    private Beside() {}

    static void send(DSLContext dsl, String sql) {
        dsl.execute(sql);
    }
}
