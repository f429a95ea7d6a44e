package org.asyncmigrations.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.By;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationEvent.Kind;
import org.asyncmigrations.MigrationStatus.TuningStatus;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator's tuning is stored, recorded as an event and shown. */
class TuneOrderTest {
    private static final SchemaMigrations<?> M = TestTables.all().migrations();

    private Fresh fresh;
    private StateStore store;

    private Orders open(TestDatabase database) throws SQLException {
        fresh = database.fresh();
        store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "the instance", event -> {}, () -> Duration.ZERO);
        StateSchema.install(store.connections(), store.tables());
        register(MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f"));
        return Operator.of(fresh.dataSource()).as("ana");
    }

    private void register(MigrationEntry entry) throws SQLException {
        store.transaction(tx -> {
            MigrationRows.register(tx, List.of(entry), "new");
            return null;
        });
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private TuningStatus tuning() {
        return Operator.of(fresh.dataSource()).status().of(1).now().tuning();
    }

    private void assertTold(String detail) {
        MigrationEvent event =
                Operator.of(fresh.dataSource()).events(EventQuery.latest(1)).get(0);
        assertThat(event.kind()).isEqualTo(Kind.TUNED);
        assertThat(event.event()).isEqualTo("tuned");
        assertThat(event.who()).isEqualTo("ana");
        assertThat(event.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatIsNamedChangesAndTheRestStaysUntilAllIsTakenBack(TestDatabase database) throws Exception {
        Orders ana = open(database);
        assertThat(tuning().tuning()).isEqualTo(Tuning.none());
        assertThat(ana.tune(1, Tuning.workers(1).load(0.25), "checkout is slow").given())
                .isTrue();
        assertTold("workers=1 load=0.25: checkout is slow");
        fresh.dsl().update(M).set(M.TUNING, M.TUNING.concat(" ioShare=0.5")).execute();
        assertThat(ana.tune(1, Tuning.load(0.5), "it is better").given()).isTrue();
        assertTold("workers=1 load=0.5 ioShare=0.5: it is better");
        assertThat(tuning().tuning().load()).isEqualTo(0.5);
        assertThat(ana.tune(1, Tuning.load(0.5), "again"))
                .isEqualTo(new Answer(false, "migration 1 already has this tuning"));
        assertThat(ana.tune(1, Tuning.none(), "it is night").given()).isTrue();
        assertTold("nothing: it is night");
        assertThat(fresh.dsl().select(M.TUNING).from(M).fetchOne(M.TUNING)).isNull();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatIsDoneOrUnknownIsNotTuned(TestDatabase database) throws Exception {
        Orders ana = open(database);
        fresh.dsl().update(M).set(M.STATE, "done").execute();
        assertThat(ana.tune(1, Tuning.workers(1), "now")).isEqualTo(new Answer(false, "migration 1 is already done"));
        assertThat(ana.tune(2, Tuning.workers(1), "now").why()).startsWith("there is no migration 2 in schema ");
        assertThatThrownBy(() -> ana.tune(1, Tuning.workers(1), " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsDoneAndWalkedOnceMoreIsTuned() throws Exception {
        Orders ana = open(TestDatabase.H2);
        fresh.dsl().update(M).set(M.STATE, "done").execute();
        register(MigrationEntry.async(-1, "a.One", By.PENDING_ROWS, "f"));
        assertThat(ana.tune(1, Tuning.workers(1), "checkout is slow").given()).isTrue();
    }

    /** As shown in the guide to operating. */
    @Test
    void whatTheGuideShowsWorks() throws Exception {
        open(TestDatabase.H2);
        Operator operator = Operator.of(fresh.dataSource());
        long version = 1;
        operator.as("ana").tune(version, Tuning.workers(1).load(0.25), "checkout is slow");
        operator.as("ana").tune(version, Tuning.none(), "checkout is fast again"); // takes all back
        assertThat(operator.events(EventQuery.latest(2))).allMatch(event -> event.kind() == Kind.TUNED);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void instancesOfAnOldRuntimeAreCountedAsTooOldToFollow(TestDatabase database) throws Exception {
        Orders ana = open(database);
        runs("old");
        runs("new");
        assertThat(tuning().tooOld()).isZero();
        ana.tune(1, Tuning.workers(1), "checkout is slow");
        assertThat(tuning()).isEqualTo(new TuningStatus(Tuning.workers(1), 2));
        var i = TestTables.all().instances();
        fresh.dsl()
                .update(i)
                .set(i.RUNTIME, "0.1.0")
                .where(i.INSTANCE.eq("new"))
                .execute();
        assertThat(tuning().tooOld()).isOne();
    }

    private void runs(String instance) {
        var now = fresh.dsl().select(M.CREATED_AT).from(M).fetchOne(M.CREATED_AT);
        var b = TestTables.all().builds();
        var i = TestTables.all().instances();
        fresh.dsl()
                .insertInto(b, b.BUILD, b.VERSIONS, b.FIRST_SEEN)
                .values(instance, "1,2", now)
                .execute();
        fresh.dsl()
                .insertInto(i, i.INSTANCE, i.HOST, i.APPLICATION, i.BUILD, i.RELEASE_NAME, i.STARTED_AT, i.SEEN_AT)
                .values(instance, "web", "shop", instance, "2.4", now, now)
                .execute();
    }
}
