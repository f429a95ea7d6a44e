package com.acme.content;

import static com.acme.content.Users.USERS;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.jooq.DSLContext;

public final class Jdbc {
    private Jdbc() {}

    @AfterRelease(version = 141)
    @Idempotent(By.TRANSACTION)
    public static final class Prepared implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().connection(connection -> {
                try (PreparedStatement update = connection.prepareStatement("update users set active = ? where id = ?")) {
                    for (long id = 0; id < 10; id++) {
                        update.setBoolean(1, true);
                        update.setLong(2, id);
                        update.addBatch();
                    }
                    update.executeBatch();
                }
            });
        }
    }

    @AfterRelease(version = 142)
    @Idempotent(By.TRANSACTION)
    public static final class Procedures implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().connection(Procedures::call);
        }

        private static void call(Connection connection) throws SQLException {
            try (CallableStatement call = connection.prepareCall("{call create_invoices(?)}")) {
                call.setInt(1, 2026);
                call.execute();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from users where active")) {
                while (rows.next()) {
                    statement.addBatch("delete from users where id = " + rows.getLong(1));
                }
            }
        }
    }

    @AfterRelease(version = 143)
    @Idempotent(By.TRANSACTION)
    public static final class NestedClasses implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            new Work(run.dsl()).run(List.of(1L, 2L));
        }

        private record Work(DSLContext dsl) {
            private static final String DROP = "drop table users";

            void run(List<Long> ids) {
                Consumer<Long> delete = id -> dsl.execute("delete from users where id = ?", id);
                ids.forEach(delete);
                class Local {
                    String text() {
                        return DROP;
                    }
                }
                new Local().text().length();
            }
        }
    }

    @AfterRelease(version = 144)
    @Idempotent(By.TRANSACTION)
    public static final class Recursion implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            down(run.dsl(), "select 1", 3);
        }

        private static void down(DSLContext dsl, String sql, int left) {
            dsl.fetch(sql);
            up(dsl, sql + " ", left - 1);
        }

        private static void up(DSLContext dsl, String sql, int left) {
            if (left > 0) {
                down(dsl, sql, left);
                up(dsl, sql.trim(), left - 1);
            }
        }
    }

    @AsyncMigration(version = 145)
    @Idempotent(By.TRANSACTION)
    public static final class SchemaBeforeTheRelease implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().createIndex("users_email_lower").on(USERS, USERS.EMAIL_LOWER).execute();
            run.dsl().execute("alter table users add note text");
        }
    }

    @AsyncMigration(version = 146)
    @Idempotent(By.TRANSACTION)
    public static final class Anonymous implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            Runnable work = new Runnable() {
                private final DSLContext dsl = run.dsl();

                @Override
                public void run() {
                    dsl.update(USERS).set(USERS.ACTIVE, true).where(USERS.ID.eq(1L)).execute();
                }
            };
            work.run();
        }
    }
}
