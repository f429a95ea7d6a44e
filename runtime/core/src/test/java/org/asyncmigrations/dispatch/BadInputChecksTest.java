package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.ID;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Verified;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a migration says about being done, and listeners that throw. */
class BadInputChecksTest {
    private record GuardedBy(BooleanSupplier done, AtomicInteger runs) implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            return done.getAsBoolean();
        }

        @Override
        public void migrate(MigrationRun run) {
            runs.incrementAndGet();
        }
    }

    private static class LeavesViolations extends Customers.LowerEmails implements Verified {
        @Override
        public Select<? extends Record> violations() {
            return DSL.select(ID).from(CUSTOMERS).where(Customers.EMAIL.isNull());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatIsDoneAlreadyNeverRuns(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            AtomicInteger runs = new AtomicInteger();
            Seen seen =
                    TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, new GuardedBy(() -> true, runs)));
            assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
            assertThat(runs).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatSaysNoAfterItsRunHasFailed(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            AtomicInteger runs = new AtomicInteger();
            Seen seen =
                    TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, new GuardedBy(() -> false, runs)));
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1)).contains("migration 1 (M1): isDone() still returns false after migrate()");
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aViolationKeepsAMigrationFromBeingDone(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 100);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new LeavesViolations()));
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1)).contains("migration 1 (M1): violations() finds a row after migrate()");
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @Test
    void aListenerThatThrowsChangesNothing() throws Exception {
        for (Throwable thrown : new Throwable[] {new IllegalStateException("no"), new NoClassDefFoundError("no")}) {
            try (Fresh fresh = TestDatabase.H2.fresh()) {
                Customers.create(fresh.dsl(), 100);
                AtomicInteger told = new AtomicInteger();
                Seen seen = TroubleBench.run(
                        fresh.dataSource(),
                        new TestCatalog().data(1, run -> {}).batch(2, new Customers.LowerEmails()),
                        builder -> builder.listener(event -> {
                            told.incrementAndGet();
                            sneak(thrown);
                        }));
                assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
                assertThat(told.get()).isGreaterThan(4);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
