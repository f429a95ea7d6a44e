package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.List;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.RowChange;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.CustomRecord;
import org.jooq.impl.CustomTable;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyedRowBatchTest {
    private static final Users USERS = new Users();

    @ParameterizedTest
    @EnumSource
    void onlyRowsOfTheBatchAreChangedAndOnlyThoseWhoseValueDiffersAreWritten(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            long changed = batch(dsl, 2, 9, USERS.EMAIL.isNotNull())
                    .update(
                            USERS,
                            user -> user.set(USERS.LOWER, user.get(USERS.EMAIL).toLowerCase(java.util.Locale.ROOT)));
            // Among 3 to 9, rows without an email aren't pending, and 4 already has its value.
            assertThat(changed).isEqualTo(3);
            assertThat(dsl.select(USERS.LOWER).from(USERS).orderBy(USERS.ID).fetch(USERS.LOWER))
                    .containsExactly("-", "-", "-", "ÿ4@x", "ÿ5@x", "-", "ÿ7@x", "ÿ8@x", "-", "-");
            assertThat(written(dsl)).containsExactly(5L, 7L, 8L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRowMayChangeOtherColumnsAndNull(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            long changed = batch(dsl, 0, 9, noCondition()).update(USERS, user -> {
                user.set(USERS.EMAIL, user.get(USERS.ID) % 2 == 0 ? null : "o'\\\"{,}");
                if (user.get(USERS.ID) > 5) {
                    user.set(USERS.LOWER, "z");
                }
            });
            assertThat(changed).isEqualTo(9);
            assertThat(dsl.fetchValues(dsl.select(USERS.EMAIL).from(USERS).orderBy(USERS.ID)))
                    .containsExactly(
                            "o'\\\"{,}",
                            null,
                            "o'\\\"{,}",
                            null,
                            "o'\\\"{,}",
                            null,
                            "o'\\\"{,}",
                            null,
                            "o'\\\"{,}",
                            "Ÿ10@x");
            assertThat(dsl.fetchValues(dsl.select(USERS.LOWER).from(USERS).orderBy(USERS.ID)))
                    .containsExactly("-", "-", "-", "ÿ4@x", "-", "z", "z", "z", "z", "-");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlainTableHasEveryColumn(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            Table<Record> users = table(name("users"));
            Field<String> email = field(name("email"), String.class);
            KeySpace space = KeySpace.of(
                    BatchKey.of(users, field(name("id"), Long.class)), noCondition(), TestProducts.of(dsl), dsl);
            long changed = new KeyedRowBatch(dsl, dsl, space, space.range(null, new Key(List.of("2"))))
                    .update(users, user -> user.set(email, user.get(email) + "!"));
            assertThat(changed).isEqualTo(2);
            assertThat(dsl.fetchValues(dsl.select(USERS.EMAIL)
                            .from(USERS)
                            .where(USERS.ID.le(3L))
                            .orderBy(USERS.ID)))
                    .containsExactly("Ÿ1@x!", "Ÿ2@x!", null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreRowsThanAStatementHoldsAreAllWritten(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            dsl.insertInto(USERS, USERS.ID)
                    .valuesOfRows(java.util.stream.LongStream.rangeClosed(11, 2_500)
                            .mapToObj(org.jooq.impl.DSL::row)
                            .toList())
                    .execute();
            long changed = batch(dsl, 10, 9_999, noCondition())
                    .update(USERS, user -> user.set(USERS.LOWER, "n" + user.get(USERS.ID)));
            assertThat(changed).isEqualTo(2_490);
            assertThat(dsl.fetchCount(
                            USERS, USERS.LOWER.eq(org.jooq.impl.DSL.concat("n", USERS.ID.cast(String.class)))))
                    .isEqualTo(2_490);
        }
    }

    @ParameterizedTest
    @EnumSource
    void longTextIsWrittenInFull(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            dsl.execute(
                    switch (database) {
                        case MARIADB -> "alter table users modify email longtext";
                        case POSTGRES -> "alter table users alter column email type text";
                        case H2 -> "alter table \"users\" alter column \"email\" varchar(1000000)";
                    });
            batch(dsl, 0, 9, noCondition()).update(USERS, user -> user.set(USERS.EMAIL, "ß".repeat(70_000)));
            assertThat(dsl.fetchCount(
                            USERS, org.jooq.impl.DSL.charLength(USERS.EMAIL).eq(70_000)))
                    .isEqualTo(9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfACompositeKeyAreToldApart(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            KeySpace space = KeySpace.of(BatchKey.of(USERS, USERS.LOWER), noCondition(), TestProducts.of(dsl), dsl);
            new KeyedRowBatch(dsl, dsl, space, space.range(null, null))
                    .update(USERS, user -> user.set(USERS.EMAIL, "e" + user.get(USERS.ID)));
            assertThat(dsl.fetchCount(
                            USERS, USERS.EMAIL.eq(org.jooq.impl.DSL.concat("e", USERS.ID.cast(String.class)))))
                    .isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRowsAreLockedBeforeTheyAreRead(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            dsl.transaction(outer -> batch(outer.dsl(), 4, 5, noCondition()).update(USERS, user -> {
                var waiting = dsl.select(USERS.ID).from(USERS).where(USERS.ID.eq(user.get(USERS.ID)));
                assertThatThrownBy(() -> waiting.forUpdate().noWait().fetch())
                        .isInstanceOf(org.jooq.exception.DataAccessException.class);
            }));
        }
    }

    /** On MariaDB, even a plain UPDATE of the row makes them wait; H2 has no weaker lock. */
    @Test
    void othersMayReferToARowWhileItIsChanged() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = filled(fresh, TestDatabase.POSTGRES);
            dsl.execute("create table orders (user_id bigint references users)");
            dsl.transaction(outer -> batch(outer.dsl(), 4, 5, noCondition())
                    .update(
                            USERS,
                            user -> dsl.transaction(other -> {
                                other.dsl().execute("set local lock_timeout = '1s'");
                                other.dsl().execute("insert into orders values (5)");
                            })));
            assertThat(dsl.fetchCount(table("orders"))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyAndOtherTablesAreRefusedAndWhatTheChangeThrowsComesThrough(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = filled(fresh, database);
            KeyedRowBatch batch = batch(dsl, 0, 9, noCondition());
            assertThatThrownBy(() -> batch.update(USERS, user -> user.set(USERS.ID, 77L)))
                    .hasMessageContaining("must not change the key column");
            assertThatThrownBy(() -> batch.update(table("orders"), user -> {}))
                    .hasMessageContaining("may change only the table of the batch's key");
            RowChange<Record> failing = user -> {
                throw new java.io.IOException("unreadable");
            };
            assertThatThrownBy(() -> batch.update(USERS, failing)).isInstanceOf(java.io.IOException.class);
            assertThat(written(dsl)).isEmpty();
        }
    }

    private static KeyedRowBatch batch(DSLContext dsl, int after, int upTo, Condition pending) {
        KeySpace space = KeySpace.of(BatchKey.of(USERS.ID), pending, TestProducts.of(dsl), dsl);
        return new KeyedRowBatch(
                dsl, dsl, space, space.range(new Key(List.of("" + after)), new Key(List.of("" + upTo))));
    }

    /** Ten users. Each third has no email, the fourth already has its lower-case one. A trigger on the server counts written rows. */
    private static DSLContext filled(Fresh fresh, TestDatabase database) {
        DSLContext dsl = fresh.dsl();
        dsl.createTable(USERS).columns(USERS.fields()).primaryKey(USERS.ID).execute();
        for (long id = 1; id <= 10; id++) {
            dsl.insertInto(USERS)
                    .values(id, id % 3 == 0 ? null : "Ÿ" + id + "@x", id == 4 ? "ÿ4@x" : "-")
                    .execute();
        }
        Writes.count(dsl, database);
        return dsl;
    }

    private static List<Long> written(DSLContext dsl) {
        return dsl.fetchValues(
                dsl.select(field("id", Long.class)).from("writes").orderBy(field("id")));
    }

    static final class Users extends CustomTable<UsersRecord> {
        private static final long serialVersionUID = 1L;

        final TableField<UsersRecord, Long> ID = createField(name("id"), SQLDataType.BIGINT.notNull());
        final TableField<UsersRecord, String> EMAIL = createField(name("email"), SQLDataType.VARCHAR(200));
        final TableField<UsersRecord, String> LOWER =
                createField(name("lower"), SQLDataType.VARCHAR(200).notNull().defaultValue("-"));

        Users() {
            super(name("users"));
        }

        @Override
        public Class<? extends UsersRecord> getRecordType() {
            return UsersRecord.class;
        }
    }

    static final class UsersRecord extends CustomRecord<UsersRecord> {
        private static final long serialVersionUID = 1L;

        UsersRecord() {
            super(USERS);
        }
    }
}
