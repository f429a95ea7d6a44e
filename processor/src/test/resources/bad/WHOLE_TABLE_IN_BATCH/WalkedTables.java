package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.table;

import java.util.List;
import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableOptions;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** The table of the key, beside or behind statements that are right. */
final class WalkedTables {
    private WalkedTables() {}

    /** As jooq-codegen writes it. */
    static final class Users extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        static final Users USERS = new Users();

        final transient TableField<Record, Long> ID = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");

        final transient TableField<Record, String> EMAIL = createField(DSL.name("email"), SQLDataType.VARCHAR, this, "");

        private Users() {
            super(DSL.name("users"), null, null, (Field<?>[]) null, DSL.comment(""), TableOptions.table());
        }
    }

    interface OfUsers extends BatchMigration {
        @Override
        default Condition pending() {
            return Users.USERS.EMAIL.isNotNull();
        }
    }

    @AsyncMigration(version = 11)
    @Idempotent(By.PENDING_ROWS)
    static final class BesideTheRightOne implements OfUsers {
        @Override
        public BatchKey key() {
            return BatchKey.of(Users.USERS.ID);
        }

        @Override
        public long migrate(RowBatch batch) {
            DSLContext dsl = batch.dsl();
            long rows = dsl.update(Users.USERS)
                    .set(Users.USERS.EMAIL, lower(Users.USERS.EMAIL))
                    .where(batch.rows())
                    .execute();
            dsl.update(Users.USERS).set(Users.USERS.EMAIL, DSL.trim(Users.USERS.EMAIL)).execute(); // found
            return rows;
        }
    }

    @AsyncMigration(version = 12)
    @Idempotent(By.PENDING_ROWS)
    static final class InHelpersAndLambdas implements OfUsers {
        private final Table<?> table = table("users");

        @Override
        public BatchKey key() {
            return BatchKey.of(table, field("id", Long.class));
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            List.of(1, 2).forEach(turn -> tidy(batch.dsl(), turn));
            batch.dsl().transaction(tx -> tx.dsl().deleteFrom(table).execute()); // found
            var dsl = batch.dsl();
            new Object() {
                void run() {
                    dsl.delete(table).execute(); // found
                }
            }.run();
            List.of(dsl).forEach(this::clean);
            return batch.update(table, row -> row.set(field("email", String.class), ""));
        }

        private void clean(DSLContext dsl) {
            dsl.deleteFrom(table).execute(); // found
        }

        private void tidy(DSLContext dsl, int turn) {
            dsl.update(table).set(field("turn"), turn).execute(); // found
        }
    }

    /** Where nothing uses the rows, and the key does not say of which table it is. */
    @AsyncMigration(version = 13)
    @Idempotent(By.PENDING_ROWS)
    static final class OfATableUnknown implements OfUsers {
        private static final TableField<Record, Long> KEY = Users.USERS.ID;

        @Override
        public BatchKey key() {
            return BatchKey.of(KEY);
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().deleteFrom(Users.USERS).execute(); // found
        }
    }

    @AsyncMigration(version = 14)
    @Idempotent(By.PENDING_ROWS)
    static final class Downwards implements OfUsers {
        @Override
        public BatchKey key() {
            return BatchKey.of(Users.USERS.ID).descending();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            batch.dsl().deleteFrom(Users.USERS).execute(); // found
            return batch.update(Users.USERS, user -> user.set(Users.USERS.EMAIL, ""));
        }
    }

    @AsyncMigration(version = 15)
    @Idempotent(By.PENDING_ROWS)
    static final class ByPosition implements OfUsers {
        @Override
        public BatchKey key() {
            return BatchKey.byPosition(Users.USERS);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            batch.dsl().deleteFrom(Users.USERS).execute(); // found
            return batch.update(Users.USERS, user -> user.set(Users.USERS.EMAIL, ""));
        }
    }
}
