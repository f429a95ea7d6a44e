package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.SQLDataType;

final class Dropped {
    private Dropped() {}

    @AsyncMigration(version = 1)
    @Idempotent(By.TRANSACTION)
    @SuppressWarnings("QueryNotExecuted")
    static final class Statements implements DataMigration {
        @Override
        public void migrate(MigrationRun run) throws Exception {
            DSLContext dsl = run.dsl();
            run.dsl()
                    .update(table("users")) // found
                    .set(field("active"), true)
                    .where(field("active").isNull());
            dsl.deleteFrom(table("users")).where(field("active").isNull()).returning(); // found
            dsl.insertInto(table("users"), field("id")).values((Object) 1); // found
            dsl.insertInto(table("users")); // found
            dsl.mergeInto(table("users")).using(dsl.selectOne()); // found
            dsl.with("a").as(dsl.selectOne()).selectFrom(table("a")).where("a"); // found
            dsl.selectFrom(table("users")).forUpdate().fetchSize(10); // found
            dsl.createTable("old").column("id", SQLDataType.BIGINT); // found
            dsl.alterTable("old"); // found
            dsl.query("update users set active = true where id = ?", 1); // found
            dsl.batch("delete from users where id = ?").bind(1).bind(2); // found
            dsl.queries(dsl.selectOne()).concat(dsl.queries()); // found
            run.connection().prepareStatement("delete from users where id = 1"); // found
            if (run.dsl() != null) dsl.selectOne(); // found
            switch (1) {
                case 1 -> dsl.selectOne(); // found
                default -> dsl.selectOne().fetch();
            }
        }
    }

    @AsyncMigration(version = 2)
    @Idempotent(By.TRANSACTION)
    static final class Functions implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().transaction(tx -> tx.dsl().update(table("users")).set(field("a"), 1)); // found
            List.of("delete from users where id = 1").forEach(sql -> run.dsl().query(sql)); // found
            List.of("delete from users where id = 1").forEach(run.dsl()::query); // found
            Runnable later = () -> {
                clean(run.dsl());
            };
            later.run();
        }

        private void clean(DSLContext dsl) {
            dsl.deleteFrom(table("users")).where(field("a").isNull()); // found
        }
    }

    /** All that is executed, or may be. */
    @AsyncMigration(version = 3)
    @Idempotent(By.TRANSACTION)
    static final class Sent implements DataMigration {
        private Query kept;

        @Override
        public void migrate(MigrationRun run) throws Exception {
            DSLContext dsl = run.dsl();
            dsl.update(table("users")).set(field("a"), 1).where(field("a").isNull()).execute();
            dsl.selectFrom(table("users")).fetch();
            dsl.selectFrom(table("users")).forEach(user -> {});
            dsl.selectFrom(table("users")).stream().close();
            dsl.execute(dsl.deleteFrom(table("users")).where(field("a").isNull()));
            dsl.batch(dsl.selectOne(), dsl.query("select 1")).execute();
            SelectQuery<Record> select = dsl.selectQuery();
            select.addConditions(field("a").isNull());
            select.fetch();
            UpdateSetMoreStep<Record> update = dsl.update(table("users")).set(field("a"), 1);
            update.set(field("b"), 2);
            update.where(field("a").isNull()).execute();
            update(dsl).set(field("b"), 2);
            kept = dsl.selectOne();
            kept.queryTimeout(1);
            Function<String, Query> builder = dsl::query;
            Function<String, Query> other = sql -> dsl.query(sql);
            Consumer<String> sender = dsl::execute;
            sender.accept(builder.apply("select 1").getSQL() + other);
            Connection connection = run.connection();
            try (PreparedStatement statement = connection.prepareStatement("select 1")) {
                statement.execute();
            }
            dsl.transactionResult(tx -> tx.dsl().selectOne());
            name("a");
        }

        private static UpdateSetMoreStep<Record> update(DSLContext dsl) {
            UpdateSetMoreStep<Record> update = dsl.update(table("users")).set(field("a"), 1);
            update.execute();
            return update;
        }
    }

    /** Nobody asked for it. */
    static final class NoMigration {
        void drop(DSLContext dsl) {
            dsl.selectOne();
        }
    }
}
