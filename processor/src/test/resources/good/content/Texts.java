package com.acme.content;

import static com.acme.content.Users.USERS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sql;

import java.util.List;
import java.util.Locale;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;

public final class Texts {
    private Texts() {}

    @AfterRelease(version = 124)
    @Idempotent(By.TRANSACTION)
    public static final class PlainText implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().execute("update users set email_lower = lower(email) where email_lower is null");
            Result<Record> rows = run.dsl().fetch("select id, create_time, drop_reason from users where comment = 'drop table users'");
            rows.forEach(row -> run.dsl().execute("delete from users where id = ?", row.get(0)));
        }
    }

    @AfterRelease(version = 125)
    @Idempotent(By.TRANSACTION)
    public static final class TextBlock implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().execute("""
                    -- create a lower-case copy; drop nothing
                    with renamed as (
                      select id, lower(email) as email from users /* alter nothing */
                    )
                    update users set email_lower = renamed.email
                      from renamed where renamed.id = users.id
                    """);
        }
    }

    @AfterRelease(version = 126)
    @Idempotent(By.TRANSACTION)
    public static final class WordsInside implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            DSLContext dsl = run.dsl();
            dsl.execute("insert into audit (text) values ('create table; drop table; truncate')");
            dsl.execute("insert into audit (text) values (?)", "drop table users");
            dsl.execute("select created_at from users; select dropped from users");
            dsl.fetch("created_users('2026')");
            dsl.execute("call create_invoices(2026)");
            dsl.execute("select drop_stale_sessions()");
            dsl.execute("do $$ begin update users set active = true where id = 1; end $$");
        }
    }

    @AfterRelease(version = 127)
    @Idempotent(By.TRANSACTION)
    public static final class Fragments implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().select(field(sql("truncate({0}, 2)", USERS.ID)), field("comment"), field(sql("comment"))).from(USERS).where(condition("created > now()")).fetch();
            run.dsl().selectFrom(USERS).where(condition(sql("comment is not null"))).and(condition(sql("grant in (1, 2)"))).fetch();
            run.dsl().select(field(sql("rename")), field(sql("drop as dropped"))).from(USERS).fetch();
        }
    }

    @AfterRelease(version = 128)
    @Idempotent(By.TRANSACTION)
    public static final class Assembled implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            String table = "users";
            for (String column : List.of("email", "name", "create", "drop")) {
                run.dsl().execute("update " + table + " set " + column + " = trim(" + column + ") where " + column + " like ' %'");
            }
            String sql = "update users set active = true";
            if (run.dsl().fetchExists(USERS)) {
                sql += " where id > 0";
            }
            run.dsl().execute(sql);
            StringBuilder built = new StringBuilder("delete from users");
            built.append(" where id < 0");
            run.dsl().execute(built.toString());
            run.dsl().execute("delete from users {0}", sql("where id < 0"));
            run.dsl().execute(String.format("delete from users %s", where(1)));
            run.dsl().execute(String.format(Locale.ROOT, "delete from %s where id = %d", table, 7));
        }

        private static String where(long id) {
            return "where id = " + id;
        }
    }

    @AfterRelease(version = 129)
    @Idempotent(By.TRANSACTION)
    public static final class Upserts implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().execute("insert into users (id) values (1) on conflict (id) do update set active = true");
            run.dsl().execute("merge into users using orders on users.id = orders.user_id when matched then update set active = true when not matched then insert (id) values (1)");
            run.dsl().execute("replace into users (id) values (1)");
            run.dsl().execute("delete u from users u join orders o on o.user_id = u.id");
            run.dsl().execute("delete from users order by id limit 100");
            run.dsl().execute("update users set name = 'it\\'s' where id = 1");
            run.dsl().execute("select * from users for update");
            run.dsl().execute("update statistics users");
        }
    }

    @AfterRelease(version = 130)
    @Idempotent(By.TRANSACTION)
    public static final class TemporaryTables implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            DSLContext dsl = run.dsl();
            dsl.createTemporaryTable("moved").column("id", org.jooq.impl.SQLDataType.BIGINT).execute();
            dsl.createGlobalTemporaryTableIfNotExists("moved2").column("id", org.jooq.impl.SQLDataType.BIGINT).execute();
            dsl.dropTemporaryTable("moved").execute();
            dsl.execute("create temporary table stale as select id from users where active = false");
            dsl.execute("CREATE INDEX stale_id ON stale (id)");
            dsl.execute("truncate table stale");
            dsl.execute("drop table if exists stale");
            dsl.execute("create local temp table a (b int) on commit drop");
            dsl.execute("drop temporary table if exists a");
            dsl.execute("create table #scratch (id int)");
        }
    }

    @AfterRelease(version = 131)
    @Idempotent(By.TRANSACTION)
    public static final class LockAndSettings implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().execute("set local lock_timeout = '2s'");
            run.dsl().execute("lock table users in share row exclusive mode");
            run.dsl().execute("alter session set nls_date_format = 'YYYY-MM-DD'");
            run.dsl().fetch("explain select 1");
            run.dsl().execute("analyze users");
            run.dsl().execute("refresh materialized view totals");
        }
    }

    @AfterRelease(version = 132)
    @Idempotent(By.TRANSACTION)
    public static final class Inherited implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            new Sender(run.dsl()).send(Constants.SELECT);
            new Sender(run.dsl()).send(Constants.NOT_SENT.isEmpty() ? "select 1" : "select 2");
        }
    }

    static final class Constants {
        static final String SELECT = "select 1";
        static final String NOT_SENT = "drop table users";

        private Constants() {}
    }

    record Sender(DSLContext dsl) {
        void send(String sql) {
            dsl.execute(sql);
        }
    }
}
