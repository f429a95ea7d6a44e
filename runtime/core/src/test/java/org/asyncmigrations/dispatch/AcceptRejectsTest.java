package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.Mode;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.state.MigrationEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that can't be changed may be left as they are for good. Then the migration is done without them. */
class AcceptRejectsTest {
    private static final int ROWS = 300;
    private static final String REASON = "closed accounts, nobody reads them";

    /** Refuses some rows, and remembers the rows that it was called for. */
    private static class Picky extends Customers.LowerEmails {
        final Set<Long> refused = new ConcurrentSkipListSet<>();
        final Set<Long> tried = new ConcurrentSkipListSet<>();

        Picky(Long... ids) {
            refused.addAll(List.of(ids));
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> {
                long id = row.get("id", Long.class);
                tried.add(id);
                if (refused.contains(id)) {
                    throw new IllegalArgumentException("no spelling for " + id);
                }
                row.set(EMAIL_LOWER, row.get("email", String.class).toLowerCase(Locale.ROOT));
                row.set(CHANGES, row.get("changes", Integer.class) + 1);
            });
        }
    }

    /** Three customers that have an email address, in key order. */
    private static final Long[] THREE = {4L, 7L, 310L};

    private static final DataMigration NOTHING = run -> {};

    private static Fresh customers(TestDatabase database) {
        Fresh fresh = database.fresh();
        Customers.create(fresh.dsl(), ROWS);
        return fresh;
    }

    private static RegistryBuilder<Dispatcher> build(Fresh fresh, Customers.LowerEmails migration) {
        return new TestCatalog().batch(1, migration).on(fresh.dataSource());
    }

    private static void ends(Dispatcher registry, Outcome outcome) throws Exception {
        assertThat(registry.dispatch().await(TroubleBench.LONG))
                .as(registry.status().of(1).error())
                .isEqualTo(outcome);
    }

    private static List<String> keys(Dispatcher registry, boolean accepted) {
        return registry.migration(1).rejects().stream()
                .filter(row -> (row.accepted() != null) == accepted)
                .map(RejectedRow::key)
                .toList();
    }

    private static List<String> details(Fresh fresh, String event) {
        MigrationEvents<?> e = TestTables.all().events();
        return fresh.dsl()
                .select(e.DETAIL)
                .from(e)
                .where(e.EVENT.eq(event))
                .orderBy(e.HAPPENED_AT)
                .fetch(e.DETAIL);
    }

    private static void insert(Fresh fresh, long id) {
        fresh.dsl()
                .insertInto(CUSTOMERS, ID, EMAIL, CHANGES)
                .values(id, "Late" + id + "@Example.ORG", 0)
                .execute();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void acceptedRowsStayAsTheyAreAndTheMigrationEndsDone(TestDatabase database) throws Exception {
        Picky picky = new Picky(THREE);
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(fresh, picky).build()) {
            ends(registry, Outcome.FAILED);
            assertThat(registry.status().of(1).error())
                    .contains("call retry(), or acceptRejects(\"why\") to leave these rows as they are");
            assertThat(registry.migration(1).acceptRejects(REASON)).isTrue();
            picky.tried.clear();
            ends(registry, Outcome.DONE);
            assertThat(picky.tried).isEmpty();
            List<RejectedRow> rejects = registry.migration(1).rejects();
            assertThat(rejects)
                    .hasSize(3)
                    .allMatch(row -> REASON.equals(row.accepted()) && row.attempts() == 1)
                    .allMatch(row -> row.error().contains("no spelling for " + row.key()));
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, ID.in(THREE).and(EMAIL_LOWER.isNull())))
                    .isEqualTo(3);
            assertThat(details(fresh, "rejects accepted")).containsExactly("3 rejects: " + REASON);
            assertThat(details(fresh, "done"))
                    .containsExactly("a check of the whole table found nothing pending; 3 rejects accepted");
            assertThat(registry.status().of(1).progress().rowsDone()).isEqualTo(270 - 3);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFurtherPassOfAnyInstanceLeavesThemOut(TestDatabase database) throws Exception {
        Picky picky = new Picky(THREE);
        try (Fresh fresh = customers(database);
                Dispatcher one = build(fresh, picky).build();
                Dispatcher other = build(fresh, picky).build()) {
            other.dispatch();
            ends(one, Outcome.FAILED);
            // This row is behind the cursor: another pass finds it.
            insert(fresh, 5);
            assertThat(one.migration(1).acceptRejects(REASON)).isTrue();
            picky.tried.clear();
            other.dispatch();
            ends(one, Outcome.DONE);
            assertThat(picky.tried).containsExactly(5L);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, EMAIL_LOWER.isNull().and(EMAIL.isNotNull())))
                    .isEqualTo(3);
            assertThat(one.migration(1).rejects()).hasSize(3).allMatch(row -> row.attempts() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRetryTakesThoseAloneThatAreNotAccepted(TestDatabase database) throws Exception {
        Picky picky = new Picky(THREE);
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(fresh, picky).build()) {
            ends(registry, Outcome.FAILED);
            registry.migration(1).acceptRejects(REASON);
            insert(fresh, 5);
            picky.refused.add(5L);
            ends(registry, Outcome.FAILED);
            assertThat(keys(registry, true)).containsExactlyInAnyOrder("4", "7", "310");
            assertThat(keys(registry, false)).containsExactly("5");
            assertThat(registry.status().of(1).error()).contains("1 row could not be changed");
            picky.refused.clear();
            picky.tried.clear();
            registry.migration(1).retry();
            ends(registry, Outcome.DONE);
            assertThat(picky.tried).containsExactly(5L);
            assertThat(keys(registry, false)).isEmpty();
            assertThat(registry.status().of(1).progress().rowsDone()).isEqualTo(270 - 3 + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theWalkGoesOnWithAFreshBudget(TestDatabase database) throws Exception {
        // The first batch exceeds the budget, and so does a later one.
        Set<Long> refused = new TreeSet<>();
        Stream.iterate(4L, id -> id + 30).limit(12).forEach(refused::add);
        Picky picky = new Picky(refused.toArray(Long[]::new));
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 3_000);
            for (long late : List.of(8_002L, 8_005L, 8_008L, 8_014L, 8_017L, 8_020L)) {
                refused.add(late);
                picky.refused.add(late);
            }
            try (Dispatcher registry =
                    build(fresh, picky).rejectBudget(5).threads(1).build()) {
                int accepted = 0;
                while (registry.dispatch().await(TroubleBench.LONG) == Outcome.FAILED) {
                    assertThat(registry.status().of(1).error()).contains("acceptRejects(\"why\")");
                    assertThat(registry.migration(1).acceptRejects(REASON)).isTrue();
                    accepted++;
                }
                assertThat(registry.migration(1).state()).isEqualTo(State.DONE);
                assertThat(accepted).isGreaterThan(1);
                assertThat(keys(registry, true)).hasSize(refused.size());
                assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1))).isEqualTo(2_700 - refused.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void onlyAFailedMigrationsRejectsAreAccepted(TestDatabase database) throws Exception {
        Picky picky = new Picky(THREE);
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(fresh, picky).maxAttempts(1).build()) {
            ends(registry, Outcome.FAILED);
            MigrationHandle handle = registry.migration(1);
            assertThatThrownBy(() -> handle.acceptRejects(" "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the rejects of migration 1 (M1) must not be accepted without a reason; say why, for the"
                                    + " audit");
            assertThat(handle.acceptRejects(REASON)).isTrue();
            assertThat(handle.acceptRejects(REASON)).isFalse();
            ends(registry, Outcome.DONE);
            assertThat(handle.acceptRejects(REASON)).isFalse();
            assertThat(details(fresh, "rejects accepted")).hasSize(1);
        }
        Customers.LowerEmails broken = new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) {
                throw new IllegalStateException("broken");
            }
        };
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(fresh, broken).maxAttempts(1).build()) {
            ends(registry, Outcome.FAILED);
            assertThat(registry.migration(1).acceptRejects(REASON)).isFalse();
            assertThat(registry.migration(1).state()).isEqualTo(State.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofTwoOperatorsAtOnceOneDecides(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database)) {
            try (Dispatcher registry = build(fresh, new Picky(THREE)).build()) {
                ends(registry, Outcome.FAILED);
            }
            // No worker runs here, so states change only by orders.
            try (Dispatcher registry = build(fresh, new Picky(THREE)).build()) {
                var t = TestTables.all().migrations();
                for (int i = 0; i < 20; i++) {
                    fresh.dsl().update(t).set(t.STATE, "failed").execute();
                    fresh.dsl()
                            .update(TestTables.all().rejects())
                            .setNull(TestTables.all().rejects().ACCEPTED_BECAUSE)
                            .execute();
                    CyclicBarrier together = new CyclicBarrier(2);
                    FutureTask<Boolean> accepts =
                            at(together, () -> registry.migration(1).acceptRejects(REASON));
                    FutureTask<Boolean> retries =
                            at(together, () -> registry.migration(1).retry());
                    assertThat(List.of(accepts.get(), retries.get())).containsExactlyInAnyOrder(true, false);
                    assertThat(keys(registry, accepts.get())).hasSize(3);
                }
            }
        }
    }

    private static FutureTask<Boolean> at(CyclicBarrier together, Callable<Boolean> order) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            together.await();
            return order.call();
        });
        new Thread(task, "operator").start();
        return task;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatDependsOnItRunsAndTheWalkThatSealsItLeavesThemOut(TestDatabase database) {
        Picky picky = new Picky(THREE);
        MigrationEntry last =
                MigrationEntry.afterRelease(3, "test.M3", By.TRANSACTION, "f3").after(1L);
        MigrationEntry later =
                MigrationEntry.afterRelease(4, "test.M4", By.TRANSACTION, "f4").after(1L);
        TestCatalog build =
                new TestCatalog().batch(1, picky).with(last, () -> NOTHING).with(later, () -> NOTHING);
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), ROWS);
            Fleet.Ship ship = fleet.sails(build, builder -> builder.maxAttempts(1));
            assertThat(ship.registry.migration(1).acceptRejects(REASON)).isTrue();
            ship.dispatch().works();
            assertThat(ship.status(1).state()).isEqualTo(State.DONE);
            // An old instance writes a row that can't be changed either. Only the sealing walk finds it.
            insert(fleet.fresh(), 5);
            picky.refused.add(5L);
            picky.tried.clear();
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(picky.tried).containsExactly(5L);
            assertThat(ship.status(3).state()).isNotEqualTo(State.DONE);
            assertThat(ship.registry.migration(3).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactly("5");
            assertThat(ship.registry.migration(3).acceptRejects("of the same kind"))
                    .isTrue();
            picky.tried.clear();
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.status(3).state()).isEqualTo(State.DONE);
            assertThat(ship.status(4).state()).as("sealed once more").isEqualTo(State.DONE);
            assertThat(picky.tried).isEmpty();
            assertThat(ship.registry.migration(1).rejects())
                    .extracting(RejectedRow::accepted)
                    .containsExactlyInAnyOrder(REASON, REASON, REASON, "of the same kind");
        }
    }

    /** Without a condition, nothing finds the rows again, so the walk ends after its last batch. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void soItIsWithoutPending(TestDatabase database) throws Exception {
        Picky picky = new Picky(THREE) {
            @Override
            public BatchKey key() {
                return BatchKey.of(CUSTOMERS, ID);
            }

            @Override
            public org.jooq.Condition pending() {
                return org.jooq.impl.DSL.noCondition();
            }

            @Override
            public long migrate(RowBatch batch) throws Exception {
                return batch.update(CUSTOMERS, row -> {
                    tried.add(row.get("id", Long.class));
                    if (refused.contains(row.get("id", Long.class))) {
                        throw new IllegalArgumentException("no");
                    }
                    row.set(CHANGES, row.get("changes", Integer.class) + 1);
                });
            }
        };
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(fresh, picky).build()) {
            ends(registry, Outcome.FAILED);
            assertThat(registry.migration(1).acceptRejects(REASON)).isTrue();
            picky.tried.clear();
            ends(registry, Outcome.DONE);
            assertThat(picky.tried).isEmpty();
            assertThat(details(fresh, "done")).containsExactly("3 rejects accepted");
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1))).isEqualTo(ROWS - 3);
        }
    }
}
