package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that can't be changed is set aside with its error. All other rows are changed, once. */
class RejectTest {
    private static final int ROWS = 3_000;

    /** The user's code refuses some rows. */
    private static class Picky extends Customers.LowerEmails {
        private final Set<Long> refused = new TreeSet<>();

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> {
                if (refused.contains(row.get("id", Long.class))) {
                    throw new IllegalArgumentException("no spelling for " + row.get("email"));
                }
                row.set(EMAIL_LOWER, row.get("email", String.class).toLowerCase(java.util.Locale.ROOT));
                row.set(CHANGES, row.get("changes", Integer.class) + 1);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void poisonRowsInEachPositionAreSetAsideAndAllOthersChangedOnce(TestDatabase database) throws Exception {
        // The first and the last row, neighbors, and one at the end of the first batch.
        long[] poison = keys(1, 2, 499, 501, 502, 1_777, ROWS - 1);
        try (Fresh fresh = poisoned(database, poison);
                Dispatcher registry = build(fresh, new Customers.LowerEmails(), b -> b)) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(rejected(registry)).containsExactlyInAnyOrder(texts(poison));
            assertThat(registry.migration(1).rejects())
                    .allMatch(row -> row.error().toLowerCase().contains("refuse"));
            assertThat(registry.status().of(1).error())
                    .startsWith("7 rows could not be changed, the first with key ")
                    .contains("retry()")
                    .doesNotContain("\tat ");
            assertThat(changedOnce(fresh)).isEqualTo(2_700 - 7);
            // Of the last 500 keys, those of 50 rows that needed no change aren't counted.
            assertThat(registry.status().of(1).progress().keysWalked()).isEqualTo(ROWS - 50);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRetryTakesTheRejectsAlone(TestDatabase database) throws Exception {
        Picky picky = new Picky();
        picky.refused.addAll(List.of(keys(1)[0], keys(701)[0]));
        try (Fresh fresh = poisoned(database);
                Dispatcher registry = build(fresh, picky, b -> b)) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            picky.refused.remove(keys(1)[0]);
            assertThat(registry.migration(1).retry()).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            List<RejectedRow> left = registry.migration(1).rejects();
            assertThat(left).extracting(RejectedRow::key).containsExactly(texts(keys(701)));
            assertThat(left.get(0).attempts()).isEqualTo(2);
            assertThat(left.get(0).error()).contains("no spelling for User701@Example.ORG");
            picky.refused.clear();
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(changedOnce(fresh)).isEqualTo(2_700);
            assertThat(registry.migration(1).rejects()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void beyondTheBudgetTheWalkStops(TestDatabase database) throws Exception {
        long[] poison = keys(LongStream.range(0, 40).map(i -> i * 40 + 1).toArray());
        try (Fresh fresh = poisoned(database, poison);
                Dispatcher registry = build(
                        fresh,
                        new Customers.LowerEmails(),
                        b -> b.rejectBudget(5).threads(1))) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.status().of(1).error()).contains("more than rejectBudget allows (5)");
            assertThat(changedOnce(fresh)).isLessThan(2_000);
            assertThat(registry.migration(1).rejects()).hasSizeBetween(6, 30);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatFailOneAfterTheOtherAreTheCodesFault(TestDatabase database) throws Exception {
        long[] poison = keys(LongStream.range(0, ROWS).toArray());
        try (Fresh fresh = poisoned(database, poison);
                Dispatcher registry = build(fresh, new Customers.LowerEmails(), b -> b)) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.status().of(1).error())
                    .contains("10 rows in a row could not be changed, the last with key ")
                    .containsPattern("(?i)with key \\d+: [^;]*refuse.*; fix migrate\\(\\)");
            assertThat(registry.migration(1).rejects()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatFailOneAfterTheOtherBehindOthersAreSetAside(TestDatabase database) throws Exception {
        long[] poison = keys(LongStream.range(2_000, 2_030).toArray());
        try (Fresh fresh = poisoned(database, poison);
                Dispatcher registry = build(fresh, new Customers.LowerEmails(), b -> b.threads(1))) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(rejected(registry)).containsExactlyInAnyOrder(texts(poison));
            assertThat(changedOnce(fresh)).isEqualTo(2_700 - poison.length);
        }
    }

    /** When only bad rows are left, the walk meets them one after the other, and they can still be accepted. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatIsLeftIsSetAsideUpToTheBudget(TestDatabase database) throws Exception {
        Picky picky = new Picky();
        // The second series of bad rows starts in a later batch than the first.
        LongStream stretches = LongStream.concat(LongStream.range(100, 120), LongStream.range(2_000, 2_080));
        for (long key : keys(stretches.toArray())) {
            picky.refused.add(key);
        }
        try (Fresh fresh = poisoned(database);
                Dispatcher registry = build(fresh, picky, b -> b.threads(1).rejectBudget(40))) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.status().of(1).error()).contains("more than rejectBudget allows (40)");
            assertThat(rejected(registry)).hasSize(41);
            assertThat(registry.migration(1).acceptRejects("unreadable")).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(rejected(registry)).hasSize(82);
            assertThat(registry.migration(1).acceptRejects("unreadable")).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).acceptRejects("unreadable")).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(rejected(registry)).hasSize(picky.refused.size());
            assertThat(changedOnce(fresh)).isEqualTo(2_700 - picky.refused.size());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRowMendedByHandIsNoRejectAfterTheRetry(TestDatabase database) throws Exception {
        long[] poison = keys(123);
        try (Fresh fresh = poisoned(database, poison);
                Dispatcher registry = build(fresh, new Customers.LowerEmails(), b -> b)) {
            registry.dispatch().await(TroubleBench.LONG);
            fresh.dsl().deleteFrom(CUSTOMERS).where(ID.eq(poison[0])).execute();
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(registry.migration(1).rejects()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void fewRowsThatStayPendingAreSetAside(TestDatabase database) throws Exception {
        BatchMigration blind = new Picky() {
            @Override
            public long migrate(RowBatch batch) {
                return batch.dsl()
                        .update(CUSTOMERS)
                        .set(EMAIL_LOWER, org.jooq.impl.DSL.nullif(lower(EMAIL), "user1@example.org"))
                        .where(batch.rows())
                        .execute();
            }
        };
        try (Fresh fresh = poisoned(database);
                Dispatcher registry = build(fresh, blind, b -> b)) {
            registry.dispatch().await(TroubleBench.LONG);
            assertThat(registry.status().of(1).state()).isEqualTo(State.FAILED);
            assertThat(rejected(registry)).containsExactly(texts(keys(1)));
            assertThat(registry.migration(1).rejects().get(0).error()).isEqualTo("still pending after migrate()");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneOddRowIsSetAsideWhereverItIs(TestDatabase database) throws Exception {
        for (long odd : keys(101, 1_501)) {
            try (Fresh fresh = poisoned(database)) {
                fresh.dsl()
                        .update(CUSTOMERS)
                        .set(EMAIL, "x")
                        .where(EMAIL.isNull())
                        .execute();
                fresh.dsl().update(CUSTOMERS).setNull(EMAIL).where(ID.eq(odd)).execute();
                try (Dispatcher registry = build(fresh, new Forgetful(), b -> b)) {
                    assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                    assertThat(registry.status().of(1).error()).contains("1 row could not be changed", "retry()");
                    assertThat(rejected(registry)).containsExactly(texts(odd));
                    fresh.dsl()
                            .update(CUSTOMERS)
                            .set(EMAIL, "Y")
                            .where(ID.eq(odd))
                            .execute();
                    registry.migration(1).retry();
                    assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
                }
            }
        }
    }

    /** Code that leaves nearly all rows after the first batch unchanged. Another pass notices it. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void moreRowsThanTheBudgetThatAreOddInALaterPassFailItAtOnce(TestDatabase database) throws Exception {
        try (Fresh fresh = poisoned(database)) {
            fresh.dsl().update(CUSTOMERS).setNull(EMAIL).where(ID.gt(3_000L)).execute();
            try (Dispatcher registry = build(fresh, new Forgetful(), b -> b.rejectBudget(5))) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.status().of(1).error()).contains("rows are still pending after migrate()");
                assertThat(registry.status().of(1).attempts()).isEqualTo(1);
            }
        }
    }

    /** Its condition includes rows that its statement doesn't change. */
    private static final class Forgetful extends Customers.LowerEmails {
        @Override
        public Condition pending() {
            return EMAIL_LOWER.isNull();
        }
    }

    /**
     * The keys of rows by their number, see {@link Customers#create}. Every tenth row has no email address and is never pending.
     */
    private static long[] keys(long... numbers) {
        return Arrays.stream(numbers)
                .filter(i -> i % 10 != 0)
                .map(i -> i * 3 + 1)
                .toArray();
    }

    private static String[] texts(long... keys) {
        return Arrays.stream(keys).mapToObj(Long::toString).toArray(String[]::new);
    }

    /** Customers of which some can never get a lower-case email address. */
    private static Fresh poisoned(TestDatabase database, long... keys) {
        Fresh fresh = database.fresh();
        Customers.create(fresh.dsl(), ROWS);
        if (keys.length > 0) {
            fresh.dsl()
                    .alterTable(CUSTOMERS)
                    .add(org.jooq
                            .impl
                            .DSL
                            .constraint("refuse")
                            .check(EMAIL_LOWER
                                    .isNull()
                                    .or(EMAIL.notIn(Arrays.stream(keys)
                                            .mapToObj(key -> "User" + (key - 1) / 3 + "@Example.ORG")
                                            .collect(Collectors.toList())))))
                    .execute();
        }
        return fresh;
    }

    private static Dispatcher build(
            Fresh fresh, BatchMigration migration, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        return settings.apply(new TestCatalog().batch(1, migration).on(fresh.dataSource()))
                .build();
    }

    private static List<String> rejected(Dispatcher registry) {
        return registry.migration(1).rejects().stream().map(RejectedRow::key).toList();
    }

    private static int changedOnce(Fresh fresh) {
        return fresh.dsl().fetchCount(table(name("customers")), CHANGES.eq(1).and(EMAIL_LOWER.eq(lower(EMAIL))));
    }
}
