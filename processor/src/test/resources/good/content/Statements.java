package com.acme.content;

import static com.acme.content.Invoices.INVOICES;
import static com.acme.content.Orders.ORDERS;
import static com.acme.content.Users.USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

public final class Statements {
    private Statements() {}

    @AfterRelease(version = 101)
    @Idempotent(By.TRANSACTION)
    public static final class CommonTableExpression implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            DSLContext dsl = run.dsl();
            dsl.with(name("inactive").as(select(USERS.ID).from(USERS).where(USERS.ACTIVE.isFalse())))
                    .update(ORDERS)
                    .set(ORDERS.STATE, "cancelled")
                    .where(ORDERS.USER_ID.in(select(field(name("id"), Long.class)).from(name("inactive"))))
                    .execute();
        }
    }

    @AfterRelease(version = 102)
    @Idempotent(By.TRANSACTION)
    public static final class DeleteWithReturning implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            var gone = run.dsl()
                    .with(name("old").as(select(ORDERS.ID).from(ORDERS).where(ORDERS.STATE.eq("draft"))))
                    .delete(ORDERS)
                    .where(ORDERS.ID.in(select(field(name("old", "id"), Long.class)).from(name("old"))))
                    .returning(ORDERS.ID)
                    .fetch();
            gone.forEach(row -> row.get(ORDERS.ID));
        }
    }

    @AfterRelease(version = 103)
    @Idempotent(By.TRANSACTION)
    public static final class Merge implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .mergeInto(INVOICES)
                    .using(select(ORDERS.ID, ORDERS.TOTAL).from(ORDERS))
                    .on(INVOICES.ORDER_ID.eq(ORDERS.ID))
                    .whenMatchedThenUpdate()
                    .set(INVOICES.AMOUNT, ORDERS.TOTAL)
                    .whenNotMatchedThenInsert(INVOICES.ORDER_ID, INVOICES.AMOUNT)
                    .values(ORDERS.ID, ORDERS.TOTAL)
                    .execute();
        }
    }

    @AfterRelease(version = 104)
    @Idempotent(By.TRANSACTION)
    public static final class InsertSelect implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(INVOICES, INVOICES.ORDER_ID, INVOICES.AMOUNT)
                    .select(select(ORDERS.ID, ORDERS.TOTAL).from(ORDERS).where(ORDERS.STATE.eq("paid")))
                    .execute();
        }
    }

    @AfterRelease(version = 105)
    @Idempotent(By.TRANSACTION)
    public static final class InsertOnConflict implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(USERS)
                    .columns(USERS.ID, USERS.EMAIL)
                    .values(1L, "root@example.org")
                    .onConflict(USERS.ID)
                    .doUpdate()
                    .set(USERS.EMAIL, excluded(USERS.EMAIL))
                    .execute();
            run.dsl().insertInto(USERS, USERS.ID).values(2L).onDuplicateKeyIgnore().execute();
        }
    }

    @AfterRelease(version = 106)
    @Idempotent(By.TRANSACTION)
    public static final class WindowFunction implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            var ranked = select(ORDERS.ID, rowNumber().over().partitionBy(ORDERS.USER_ID).orderBy(ORDERS.PLACED_AT.desc()).as("r"))
                    .from(ORDERS)
                    .asTable("ranked");
            run.dsl()
                    .deleteFrom(ORDERS)
                    .where(ORDERS.ID.in(select(ranked.field(ORDERS.ID)).from(ranked).where(ranked.field("r", Integer.class).gt(100))))
                    .execute();
        }
    }

    @AfterRelease(version = 107)
    @Idempotent(By.TRANSACTION)
    public static final class JsonFunctions implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(USERS)
                    .set(USERS.SETTINGS, jsonObject(key("create").value(inline("drop table users"))).cast(String.class))
                    .where(USERS.SETTINGS.isNull())
                    .execute();
        }
    }

    @AfterRelease(version = 108)
    @Idempotent(By.TRANSACTION)
    public static final class WhereExists implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(USERS).set(USERS.ACTIVE, true).whereExists(selectOne().from(ORDERS).where(ORDERS.USER_ID.eq(USERS.ID))).execute();
            run.dsl().deleteFrom(USERS).whereNotExists(selectOne().from(ORDERS)).execute();
            run.dsl().deleteFrom(INVOICES).orderBy(INVOICES.ID).limit(1000).execute();
        }
    }

    @AfterRelease(version = 109)
    @Idempotent(By.TRANSACTION)
    public static final class UpdateFrom implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(INVOICES).set(INVOICES.AMOUNT, ORDERS.TOTAL).from(ORDERS).where(ORDERS.ID.eq(INVOICES.ORDER_ID)).execute();
            run.dsl().update(INVOICES.join(ORDERS).on(ORDERS.ID.eq(INVOICES.ORDER_ID))).set(INVOICES.AMOUNT, ORDERS.TOTAL).execute();
        }
    }

    @AfterRelease(version = 110)
    @Idempotent(By.TRANSACTION)
    public static final class SelectForUpdate implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            var ids = run.dsl().select(USERS.ID).from(USERS).where(USERS.EMAIL_LOWER.isNull()).forUpdate().skipLocked().fetch(USERS.ID);
            run.dsl().update(USERS).set(USERS.EMAIL_LOWER, lower(USERS.EMAIL)).where(USERS.ID.in(ids)).execute();
        }
    }

    @AfterRelease(version = 111)
    @Idempotent(By.TRANSACTION)
    public static final class Totals implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            BigDecimal total = run.dsl().select(coalesce(sum(ORDERS.TOTAL), BigDecimal.ZERO)).from(ORDERS).fetchSingle().value1();
            int orders = run.dsl().fetchCount(ORDERS, ORDERS.STATE.eq("open"));
            if (total.signum() > 0 && orders > 0) {
                run.dsl().insertInto(INVOICES, INVOICES.AMOUNT).values(total).execute();
            }
        }
    }

    @AfterRelease(version = 112)
    @Idempotent(By.TRANSACTION)
    public static final class CorrelatedUpdate implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(USERS)
                    .set(USERS.ACTIVE, exists(selectOne().from(ORDERS).where(ORDERS.USER_ID.eq(USERS.ID))).and(USERS.EMAIL.isNotNull()))
                    .where(USERS.ACTIVE.isNull())
                    .execute();
        }
    }

    @AfterRelease(version = 113)
    @Idempotent(By.TRANSACTION)
    public static final class Rendered implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            String sql = DSL.using(SQLDialect.POSTGRES).select(count()).from(USERS).where(USERS.ID.gt(max(USERS.ID))).getSQL();
            run.dsl().parser().parseQuery(run.dsl().resultQuery(sql).getSQL());
            run.dsl().parser().parseQuery("drop table legacy");
            run.dsl().parser().parse("create table a (b int); alter table a add c int");
        }
    }
}
