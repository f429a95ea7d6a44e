package com.acme.content;

import static com.acme.content.Orders.ORDERS;
import static com.acme.content.Users.USERS;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DeleteQuery;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.UpdateConditionStep;
import org.jooq.UpdateQuery;
import org.jooq.UpdateSetMoreStep;

public final class Dynamic {
    private Dynamic() {}

    @AfterRelease(version = 114)
    @Idempotent(By.TRANSACTION)
    public static final class CollectedConditions implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            List<Condition> conditions = new ArrayList<>();
            conditions.add(USERS.ACTIVE.isFalse());
            if (run.dsl().fetchExists(ORDERS)) {
                conditions.add(USERS.EMAIL.like("%@example.org"));
            }
            run.dsl().deleteFrom(USERS).where(conditions).execute();
        }
    }

    @AfterRelease(version = 115)
    @Idempotent(By.TRANSACTION)
    public static final class ConditionLater implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            UpdateSetMoreStep<Record> update = run.dsl().update(USERS).set(USERS.ACTIVE, true);
            update.where(condition()).execute();
            DeleteQuery<Record> delete = run.dsl().deleteQuery(ORDERS);
            delete.addConditions(ORDERS.STATE.eq("draft"));
            delete.execute();
            UpdateQuery<Record> query = run.dsl().updateQuery(USERS);
            query.addValue(USERS.ACTIVE, true);
            query.addConditions(condition());
            query.execute();
        }

        private static Condition condition() {
            return noCondition().and(USERS.ACTIVE.isNull());
        }
    }

    @AfterRelease(version = 116)
    @Idempotent(By.TRANSACTION)
    public static final class ConditionByHelper implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            bounded(run.dsl().update(USERS).set(USERS.ACTIVE, false)).execute();
        }

        private static UpdateConditionStep<Record> bounded(UpdateSetMoreStep<Record> update) {
            return update.where(USERS.TENANT_ID.isNull());
        }
    }

    @AfterRelease(version = 117)
    @Idempotent(By.TRANSACTION)
    public static final class Chunks implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            List<Long> ids = run.dsl().select(USERS.ID).from(USERS).fetch(USERS.ID);
            for (int from = 0; from < ids.size(); from += 500) {
                List<Long> chunk = ids.subList(from, Math.min(from + 500, ids.size()));
                run.dsl().update(USERS).set(USERS.ACTIVE, true).where(USERS.ID.in(chunk)).execute();
            }
        }
    }

    @AfterRelease(version = 118)
    @Idempotent(By.TRANSACTION)
    public static final class Streams implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            List<Query> updates = run.dsl().selectFrom(USERS).fetchStream()
                    .filter(user -> user.get(USERS.EMAIL) != null)
                    .map(user -> (Query) run.dsl().update(USERS).set(USERS.EMAIL_LOWER, user.get(USERS.EMAIL).toLowerCase()).where(USERS.ID.eq(user.get(USERS.ID))))
                    .collect(Collectors.toList());
            run.dsl().batch(updates).execute();
        }
    }

    @AfterRelease(version = 119)
    @Idempotent(By.TRANSACTION)
    public static final class BatchOfValues implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            DSLContext dsl = run.dsl();
            var batch = dsl.batch(dsl.update(USERS).set(USERS.ACTIVE, (Boolean) null).where(USERS.ID.eq((Long) null)));
            IntStream.range(0, 10).forEach(i -> batch.bind(true, (long) i));
            batch.execute();
            dsl.batch(
                            dsl.deleteFrom(ORDERS).where(noCondition()).and(ORDERS.STATE.eq("draft")),
                            dsl.deleteFrom(ORDERS).where(noCondition()).orderBy(ORDERS.ID).limit(10))
                    .execute();
        }
    }

    @AfterRelease(version = 120)
    @Idempotent(By.TRANSACTION)
    public static final class Parametrised implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            Map<Field<?>, Object> values = new LinkedHashMap<>();
            values.put(ORDERS.STATE, "archived");
            values.put(ORDERS.USER_ID, 0L);
            run.dsl().update(ORDERS).set(values).where(ORDERS.STATE.eq("done")).execute();
        }
    }

    @AfterRelease(version = 121)
    @Idempotent(By.TRANSACTION)
    public static final class Transactions implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().transaction(outer -> {
                outer.dsl().deleteFrom(ORDERS).where(ORDERS.STATE.eq("draft")).execute();
                outer.dsl().transaction(inner -> inner.dsl().update(USERS).set(USERS.ACTIVE, true).where(USERS.ID.eq(1L)).execute());
            });
            int changed = run.dsl().transactionResult(trx -> trx.dsl().update(USERS).set(USERS.ACTIVE, true).where(falseCondition()).execute());
            if (changed > 0) {
                throw new IllegalStateException();
            }
        }
    }

    @AfterRelease(version = 122)
    @Idempotent(By.TRANSACTION)
    public static final class Switched implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            var dialect = run.dsl().family();
            String now = switch (dialect) {
                case H2 -> "select current_timestamp";
                case POSTGRES -> "select now() /* create */";
                default -> {
                    String sql = "select current_timestamp from dual";
                    yield sql;
                }
            };
            run.dsl().fetch(now);
        }
    }

    @AfterRelease(version = 123)
    @Idempotent(By.TRANSACTION)
    public static final class Generics implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            apply(run.dsl(), dsl -> dsl.update(USERS).set(USERS.ACTIVE, true).where(USERS.ID.lt(10L)).execute());
        }

        private static <T extends DSLContext, R> R apply(T dsl, Function<? super T, ? extends R> work) {
            return work.apply(dsl);
        }
    }
}
