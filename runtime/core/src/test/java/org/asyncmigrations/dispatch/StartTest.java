package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent.Kind;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.operator.Answer;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.operator.Orders;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateStore;
import org.jooq.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that wait for an approval, or for some time after their registration. */
class StartTest {
    private static final SchemaMigrations<?> M = TestTables.all().migrations();
    private static final String STARTS = "starts at \\d.*Z, PT2H after its registration";

    private final List<Long> ran = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ManualWorker worker = new ManualWorker();
    private Duration later = Duration.ZERO;
    private Fresh fresh;
    private Dispatcher registry;

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** Two migrations, the first of which waits. Stepped as far as possible. */
    private Dispatch dispatch(TestDatabase database, UnaryOperator<MigrationEntry> waiting) {
        fresh = database.fresh();
        open.add(fresh);
        return dispatch(waiting.apply(entry("f")), UnaryOperator.identity());
    }

    private Dispatch dispatch(MigrationEntry first, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        TestCatalog catalog = new TestCatalog().with(first, () -> (DataMigration) run -> ran.add(1L));
        RegistryBuilder<Dispatcher> builder =
                catalog.data(2, run -> ran.add(2L)).on(fresh.dataSource()).worker(worker);
        registry = settings.apply(builder.clockShift(() -> later)).build();
        open.add(registry);
        Dispatch dispatch = registry.dispatch();
        worker.untilIdle();
        return dispatch;
    }

    private static MigrationEntry entry(String fingerprint) {
        return MigrationEntry.async(1, "a.One", By.TRANSACTION, fingerprint);
    }

    private Operator operator() {
        return Operator.of(fresh.dataSource());
    }

    private Orders ana() {
        return operator().as("ana");
    }

    private <T> void edit(Field<T> column, T value) {
        fresh.dsl().update(M).set(column, value).where(M.VERSION.eq(1L)).execute();
    }

    private void assertRefused(Answer answer, String why) {
        assertThat(answer).isEqualTo(new Answer(false, "migration 1 " + why));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatWaitsForApprovalHoldsUpAllThatFollowUntilItIsApproved(TestDatabase database) {
        Dispatch dispatch = dispatch(database, MigrationEntry::onApproval);
        assertThat(dispatch.outcome()).isEqualTo(Outcome.HELD);
        assertThat(dispatch.exitCode()).isEqualTo(3);
        assertThat(dispatch.message())
                .isEqualTo("migration 1 (One) waits for approval; approve(\"why\") lets it begin");
        assertThat(registry.status().of(1).waitsFor()).isEqualTo("waits for approval");
        assertThat(operator().status().of(1).waitsFor()).isEqualTo("waits for approval");
        assertThat(operator().status().of(2).waitsFor()).isEqualTo("waits for 1 One, which waits for approval");
        MigrationHandle handle = registry.migration(1);
        assertThatThrownBy(() -> handle.approve(" ")).hasMessageContaining("must not be approved without a reason");
        assertThat(handle.approve("the copy was tried")).isTrue();
        assertThat(handle.approve("again")).isFalse();
        worker.untilIdle();
        assertThat(ran).containsExactly(1L, 2L);
        assertThat(operator().events(EventQuery.latest(20).of(1)))
                .filteredOn(event -> event.kind() == Kind.APPROVED)
                .extracting(event -> event.detail())
                .containsExactly("the copy was tried");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothingButAnApprovalOrASkipEndsTheWaitForOne(TestDatabase database) {
        dispatch(database, entry -> entry.onApproval().startingAfter("PT2H"));
        assertRefused(ana().resume(1, "now"), "waits for approval; approve it");
        assertRefused(ana().runNow(1, "now"), "waits for approval; approve it");
        assertRefused(ana().pause(1, "now"), "waits for approval, so it is not running");
        assertThat(registry.migration(1).resume()).isFalse();
        assertThat(registry.migration(1).pause()).isFalse();
        assertThat(ana().skip(1, "done by hand").given()).isTrue();
        assertRefused(ana().approve(1, "late"), "is not waiting for approval; it is done");
        assertThat(fresh.dsl()
                        .select(M.PAUSE_CAUSE, M.NEXT_ATTEMPT_AT)
                        .from(M)
                        .where(M.VERSION.eq(1L))
                        .fetchSingle()
                        .intoList())
                .containsOnlyNulls();
        worker.untilIdle();
        assertThat(ran).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void onceApprovedItIsPausedAndResumedAsAnyOther(TestDatabase database) {
        dispatch(database, entry -> entry.onApproval().startingAfter("PT2H"));
        assertThat(ana().approve(1, "tried").given()).isTrue();
        assertRefused(ana().approve(1, "again"), "is not waiting for approval; it is created");
        assertThat(ana().pause(1, "by day").given()).isTrue();
        assertThat(operator().status().of(1).waitsFor()).startsWith("is paused by ana");
        assertRefused(ana().approve(1, "again"), "is not waiting for approval; it is paused, so resume it");
        assertThat(ana().resume(1, "it is night").given()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatStartsAfterAWhileHoldsUpAllThatFollowUntilThen(TestDatabase database) {
        Dispatch dispatch = dispatch(database, entry -> entry.startingAfter("PT2H"));
        assertThat(dispatch.outcome()).isEqualTo(Outcome.HELD);
        assertThat(dispatch.message()).matches("migration 1 \\(One\\) " + STARTS);
        assertThat(registry.status().of(1).waitsFor()).matches(STARTS);
        assertThat(operator().status().of(1).waitsFor()).matches(STARTS);
        later = Duration.ofMinutes(119);
        worker.untilIdle();
        assertThat(ran).isEmpty();
        later = Duration.ofMinutes(121);
        worker.untilIdle();
        assertThat(ran).containsExactly(1L, 2L);
        assertThat(dispatch.outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void runNowEndsTheDelayAlsoOfOneThatOlderRuntimesHaveMadePending(TestDatabase database) {
        for (String state : List.of("created", "pending")) {
            ran.clear();
            dispatch(database, entry -> entry.startingAfter("P1D"));
            edit(M.STATE, state);
            assertThat(operator().status().of(1).waitsFor()).endsWith("Z, P1D after its registration");
            assertThat(ana().runNow(1, "the night is free").given()).isTrue();
            worker.untilIdle();
            assertThat(ran).containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void bothSurviveNewCodeAndARetry(TestDatabase database) {
        dispatch(database, entry -> entry.onApproval().startingAfter("PT2H"));
        registry.close();
        assertThat(dispatch(entry("g"), UnaryOperator.identity()).message()).contains("waits for approval");
        assertThat(registry.migration(1).approve("tried")).isTrue();
        worker.untilIdle();
        assertThat(operator().events(EventQuery.latest(1)).get(0).kind()).isEqualTo(Kind.CODE_ADOPTED);
        edit(M.STATE, "failed");
        assertThat(registry.migration(1).retry()).isTrue();
        worker.untilIdle();
        assertThat(ran).isEmpty();
        assertThat(registry.status().of(1).waitsFor()).matches(STARTS);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDatabaseThatIsAssumedToBeNewWaitsForNothing(TestDatabase database) throws Exception {
        fresh = database.fresh();
        open.add(fresh);
        MigrationEntry first = entry("f").onApproval().startingAfter("PT2H");
        assertThat(dispatch(first, RegistryBuilder::assumeNewDatabase).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(ran).containsExactly(1L, 2L);
        fresh.dsl().deleteFrom(M).where(M.VERSION.eq(1L)).execute();
        assertThat(dispatch(first, RegistryBuilder::assumeNewDatabase).message())
                .contains("waits for approval");
        fresh.dsl().deleteFrom(M).execute();
        try (Connection others = fresh.dataSource().getConnection()) {
            assertThat(registry.migration(1).register(others)).isTrue();
        }
        assertThat(registry.status().of(1).paused()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDeletedRowWaitsAgainAndOneSetToCreatedBeginsAtOnce(TestDatabase database) {
        dispatch(database, entry -> entry.onApproval().startingAfter("PT2H"));
        registry.migration(1).approve("tried");
        ana().runNow(1, "now");
        worker.untilIdle();
        edit(M.STATE, "created");
        registry.dispatch();
        worker.untilIdle();
        assertThat(ran).containsExactly(1L, 2L, 1L);
        fresh.dsl().deleteFrom(M).where(M.VERSION.eq(1L)).execute();
        registry.dispatch();
        worker.untilIdle();
        assertThat(registry.status().of(1).waitsFor()).isEqualTo("waits for approval");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneThatIsSetToDoneWaitsForNothing(TestDatabase database) {
        dispatch(database, entry -> entry.onApproval().startingAfter("PT2H"));
        edit(M.STATE, "done");
        assertThat(operator().status().of(1).waitsFor()).isNull();
        assertRefused(ana().approve(1, "late"), "is not waiting for approval; it is done");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutTheColumnItIsPausedAndIsResumed(TestDatabase database) throws Exception {
        dispatch(database, entry -> entry);
        registry.close();
        fresh.dsl().deleteFrom(M).execute();
        fresh.dsl().alterTable(M).dropColumn(M.PAUSE_CAUSE).execute();
        StateStore store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "web-1", event -> {}, () -> Duration.ZERO);
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(entry("f").onApproval()), "b");
            return null;
        });
        assertThat(operator().status().of(1).waitsFor()).matches("is paused by web-1 since .*Z: waits for approval");
        assertRefused(ana().approve(1, "tried"), "is not waiting for approval; it is paused, so resume it");
        assertThat(ana().resume(1, "tried").given()).isTrue();
        assertThat(ana().pause(1, "by day").given()).isTrue();
        assertThat(ana().skip(1, "by hand").given()).isTrue();
    }

    @Test
    void thePlanSaysWhatItWaitsFor() {
        fresh = TestDatabase.H2.fresh();
        open.add(fresh);
        Customers.create(fresh.dsl(), 3);
        MigrationEntry first = MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f");
        TestCatalog catalog = new TestCatalog()
                .with(first.onApproval(), Customers.LowerEmails::new)
                .with(
                        MigrationEntry.async(2, "a.Two", By.PENDING_ROWS, "f").startingAfter("P1D"),
                        Customers.LowerEmails::new);
        try (Dispatcher plans = catalog.on(fresh.dataSource()).worker(worker).build()) {
            assertThat(plans.migration(1).plan().toString())
                    .startsWith("migration 1 (One), created, waits for approval\n");
            assertThat(plans.migration(2).plan().waitsFor()).isEqualTo("starts P1D after its registration");
            plans.dispatch();
            worker.untilIdle();
            assertThat(plans.migration(1).plan().waitsFor()).isEqualTo("waits for approval");
            assertThat(plans.migration(2).plan().waitsFor()).endsWith("Z, P1D after its registration");
            plans.migration(1).approve("tried");
            assertThat(plans.migration(1).plan().waitsFor()).isNull();
        }
    }

    @Test
    void aDelayThatIsNoDurationIsRefused() {
        assertThatThrownBy(() -> entry("f").startingAfter("two hours"))
                .isInstanceOf(java.time.format.DateTimeParseException.class);
    }

    /** As the operating guide shows it: an after-release migration first waits for its gate. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anAfterReleaseMigrationWaitsForItsGateAndForItsApproval(TestDatabase database) {
        fresh = database.fresh();
        open.add(fresh);
        MigrationEntry last = MigrationEntry.afterRelease(1, "a.Last", By.TRANSACTION, "f");
        dispatch(last.onApproval(), UnaryOperator.identity());
        assertThat(ran).containsExactly(2L);
        fresh.dsl()
                .update(M)
                .set(M.GATE_OPENED_AT, LocalDateTime.of(2026, 1, 1, 0, 0))
                .where(M.VERSION.eq(1L))
                .execute();
        Dispatch dispatch = registry.dispatch();
        worker.untilIdle();
        assertThat(dispatch.message()).contains("waits for approval");
        registry.migration(1).approve("tried");
        worker.untilIdle();
        assertThat(ran).containsExactly(2L, 1L);
    }
}
