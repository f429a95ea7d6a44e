package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.operator.Operator;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that serves requests before its work begins and after it ends. */
class ArrivalTest {
    private final Fresh fresh = TestDatabase.H2.fresh();
    private final ManualWorker worker = new ManualWorker();

    @AfterEach
    void drop() {
        fresh.close();
    }

    private Dispatcher registry() {
        return new TestCatalog()
                .data(1, run -> run.dsl().selectOne().fetch())
                .on(fresh.dataSource())
                .worker(worker)
                .beatenByHand(true)
                .build();
    }

    private InstanceStatus instance() {
        return Operator.of(fresh.dataSource()).instances().get(0);
    }

    @Test
    void whoArrivesDoesNoWork() {
        try (Dispatcher registry = registry()) {
            registry.arrive();

            assertThat(worker.starts()).isZero();
            assertThat(fresh.dsl().meta().getTables("async_schema_migrations")).isEmpty();
            registry.dispatch();
            assertThat(worker.starts()).isEqualTo(1);
        }
    }

    @Test
    void aBuildThatIsTooOldDoesNotArrive() {
        try (Dispatcher registry = registry()) {
            registry.dispatch();
            worker.untilIdle();
        }
        fresh.dsl()
                .update(DSL.table(DSL.name("async_schema_migrations")))
                .set(DSL.field(DSL.name("version"), Long.class), 2L)
                .set(DSL.field(DSL.name("phase"), String.class), "after_release")
                .execute();
        try (Dispatcher registry = registry()) {
            assertThatThrownBy(registry::arrive).isInstanceOf(BuildTooOldException.class);
        }
    }

    @Test
    void whoseWorkIsStoppedIsAliveUntilTheClose() {
        Dispatcher registry = registry();
        registry.dispatch();
        worker.step();
        registry.stopWork();

        assertThat(worker.step()).isEqualTo(Step.Kind.FINISHED);
        assertThat(instance().leavingAt()).isNull();
        registry.close();
        assertThat(instance().leavingAt()).isNotNull();
    }
}
