package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each pair of a transition and a state, on a real table: legal ones change the state, others change nothing. */
class TransitionTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTransitionHappensFromItsStatesAndFromNoOther(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = store(fresh);
            for (Transition transition : Transition.values()) {
                for (State from : State.values()) {
                    set(store, from.word());
                    boolean changed = store.transaction(
                            tx -> StateChange.apply(tx, transition, 1, DSL.noCondition(), Map.of(), null));
                    boolean legal = transition.from().contains(from);
                    assertThat(changed).as("%s from %s", transition, from).isEqualTo(legal);
                    assertThat(state(store)).isEqualTo(legal ? transition.to().word() : from.word());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void eachTransitionLeavesOneEventAndARefusalNone(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = store(fresh);
            store.transaction(tx -> StateChange.apply(tx, Transition.FAIL, 1, DSL.noCondition(), Map.of(), "no"));
            store.transaction(tx -> StateChange.apply(tx, Transition.SKIP, 1, DSL.noCondition(), Map.of(), "why"));
            MigrationEvents<?> e = TestTables.all().events();
            var events = fresh.dsl()
                    .select(e.EVENT, e.FROM_STATE, e.TO_STATE, e.DETAIL)
                    .from(e)
                    .where(e.EVENT.ne("registered"))
                    .fetch(row -> List.of(row.value1(), row.value2(), row.value3(), row.value4()));
            assertThat(events).containsExactly(List.of("skipped", "created", "done", "why"));
        }
    }

    /** Done is final, and every other state can be left. */
    @org.junit.jupiter.api.Test
    void noTransitionLeavesDoneAndOneLeavesEachOtherState() {
        Stream<State> left = Arrays.stream(Transition.values()).flatMap(t -> t.from().stream());
        assertThat(left.distinct())
                .containsExactlyInAnyOrder(State.CREATED, State.PENDING, State.PROCESSING, State.FAILED);
    }

    private static StateStore store(TestDatabase.Fresh fresh) throws Exception {
        StateStore store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
        StateSchema.install(store.connections(), store.tables());
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(MigrationEntry.async(1, "a.One", By.TRANSACTION, "f")), "b");
            return null;
        });
        return store;
    }

    private static void set(StateStore store, String state) throws Exception {
        SchemaMigrations<?> t = store.tables().migrations();
        store.transaction(tx -> tx.dsl().update(t).set(t.STATE, state).execute());
    }

    private static String state(StateStore store) throws Exception {
        SchemaMigrations<?> t = store.tables().migrations();
        return store.transaction(tx -> tx.dsl().select(t.STATE).from(t).fetchOne(t.STATE));
    }
}
