package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.noCondition;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * If an UPDATE is canceled while MariaDB optimizes it, MariaDB reports success with no changed row. It must not count as success
 * here, or the walk would skip the rows.
 */
class SilentTimeoutTest {
    /** A bound that takes minutes to compute, before the first row is read. */
    private static final Condition SLOW = DSL.condition("id <= 30000 + benchmark(2000000000, md5('x'))");

    @Test
    void aBatchThatWasEndedWithoutAWordIsTriedAgain() throws Exception {
        AtomicBoolean isSlow = new AtomicBoolean(true);
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            Customers.create(fresh.dsl(), 3_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public Condition pending() {
                    // Only the cursor tells what is done.
                    return noCondition();
                }

                @Override
                public long migrate(RowBatch batch) {
                    return batch.dsl()
                            .update(CUSTOMERS)
                            .set(CHANGES, CHANGES.plus(1))
                            .where(batch.rows())
                            .and(isSlow.getAndSet(false) ? SLOW : ID.isNotNull())
                            .execute();
                }
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
        }
    }

    @Test
    void workThatWasCancelledWithoutAWordDoesNotEndWell() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            Customers.create(fresh.dsl(), 10);
            try (Session session = Connections.of(fresh.dataSource()).borrow()) {
                session.begin(Limits.STATE.within(Duration.ofMinutes(1)));
                try (UserWork work = session.userWork(Limits.STATE.within(Duration.ofMinutes(1)))) {
                    CompletableFuture<Integer> changed = CompletableFuture.supplyAsync(
                            () -> work.dsl()
                                    .update(CUSTOMERS)
                                    .set(CHANGES, 1)
                                    .where(SLOW)
                                    .execute(),
                            new OwnThreads());
                    TroubleBench.awaitUntil(() -> fresh.dsl()
                                    .fetchCount(
                                            DSL.table("information_schema.processlist"),
                                            DSL.condition("info like 'set statement%benchmark%'"))
                            > 0);
                    work.cancel();
                    assertThat(changed.handle((rows, failure) -> true).get()).isTrue();
                    assertThatThrownBy(work::verifySameTransaction)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("was cancelled");
                }
            }
        }
    }
}
