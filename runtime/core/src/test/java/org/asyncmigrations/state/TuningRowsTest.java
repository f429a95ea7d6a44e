package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunings in the tables, and the workers that they limit. */
class TuningRowsTest {
    private static final int MOST = 2;
    private static final int WORKERS = 6;

    private Fresh fresh;
    private StateStore store;

    private void open(TestDatabase database, long version) throws SQLException {
        fresh = database.fresh();
        store = new StateStore(
                Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
        StateSchema.install(store.connections(), store.tables());
        List<MigrationEntry> entries = new ArrayList<>();
        entries.add(MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f"));
        if (version != 1) {
            entries.add(MigrationEntry.async(version, "a.One", By.PENDING_ROWS, "f"));
        }
        var t = TestTables.all().migrations();
        store.transaction(tx -> {
            MigrationRows.register(tx, entries, "b");
            tx.dsl().update(t).set(t.STATE, "processing").execute();
            tx.dsl()
                    .update(t)
                    .set(t.TUNING, "workers=" + MOST)
                    .where(t.VERSION.eq(1L))
                    .execute();
            return null;
        });
        for (long number = 1; number <= WORKERS; number++) {
            range(version, number);
        }
    }

    /** A range that nobody has claimed. */
    private void range(long version, long number) {
        var r = TestTables.all().ranges();
        var t = TestTables.all().migrations();
        String run = fresh.dsl()
                .select(t.RUN_ID)
                .from(t)
                .where(t.VERSION.eq(version))
                .fetchOne(t.RUN_ID);
        fresh.dsl()
                .insertInto(r)
                .columns(
                        r.VERSION,
                        r.RANGE_NO,
                        r.RUN_ID,
                        r.TOKEN,
                        r.ATTEMPTS,
                        r.BEATS,
                        r.ROWS_DONE,
                        r.ROWS_FOUND,
                        r.KEYS_WALKED,
                        r.UPDATED_AT)
                .values(version, number, run, 1L, 0, 0L, 0L, 0L, 0L, LocalDateTime.of(2026, 11, 21, 9, 30))
                .execute();
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private Claim claim(Tunings tunings, MigrationRow row, RangeRow range) throws SQLException {
        return store.transaction(tx -> tunings.admits(tx, row.version())
                ? RangeRows.claim(tx, row, range, "worker " + range.number(), Duration.ofHours(1))
                : null);
    }

    /** Without a lock, several workers could pass the count at once. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofManyThatClaimAtOnceNoMoreThanTunedGetARange(TestDatabase database) throws Exception {
        open(database, 1);
        Tunings tunings = new Tunings(store, 4, System::nanoTime);
        assertThat(tunings.workers(1)).isEqualTo(MOST);
        MigrationRow row = Objects.requireNonNull(store.transaction(tx -> MigrationRows.find(tx, 1)));
        List<Callable<Claim>> claims = new ArrayList<>();
        for (RangeRow range : store.transaction(tx -> RangeRows.of(tx, row))) {
            claims.add(() -> claim(tunings, row, range));
        }
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            int admitted = 0;
            for (Future<Claim> claim : threads.invokeAll(claims)) {
                admitted += claim.get() == null ? 0 : 1;
            }
            assertThat(admitted).isEqualTo(MOST);
        } finally {
            threads.shutdown();
        }
    }

    /** The next range, unless another worker was faster or too many are open. */
    private RangeRow openNext(String owner) throws SQLException {
        MigrationRow row = Objects.requireNonNull(store.transaction(tx -> MigrationRows.find(tx, 1)));
        RangeRows.End end = new RangeRows.End("t (id)", "1" + row.walk().nextRange());
        return store.transaction(
                tx -> RangeRows.open(tx, row, end, new RangeRows.Owner(owner, Duration.ofHours(1)), MOST));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofManyThatOpenAtOnceNoMoreThanTheMostAreOpen(TestDatabase database) throws Exception {
        open(database, 1);
        var r = TestTables.all().ranges();
        fresh.dsl().deleteFrom(r).execute();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int number = 0; number < WORKERS; number++) {
            String owner = "worker " + number;
            workers.add(() -> {
                int opened = 0;
                for (int tries = 0; tries < 10; tries++) {
                    opened += openNext(owner) == null ? 0 : 1;
                }
                return opened;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            int opened = 0;
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                opened += worker.get();
            }
            assertThat(opened).isEqualTo(MOST);
            assertThat(fresh.dsl().fetchCount(r)).isEqualTo(MOST);
        } finally {
            threads.shutdown();
        }
        fresh.dsl().deleteFrom(r).where(r.RANGE_NO.eq(1L)).execute();
        assertThat((Object) openNext("me"))
                .as("one whose row somebody has deleted is not open")
                .isNotNull();
        assertThat((Object) openNext("me")).isNull();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWalkThatSealsFollowsTheTuningOfItsMigration(TestDatabase database) throws Exception {
        open(database, -1);
        Tunings tunings = new Tunings(store, 4, System::nanoTime);
        assertThat(tunings.of(-1)).isEqualTo(Tuning.workers(MOST));
        MigrationRow row = Objects.requireNonNull(store.transaction(tx -> MigrationRows.find(tx, -1)));
        for (RangeRow range : store.transaction(tx -> RangeRows.of(tx, row))) {
            claim(tunings, row, range);
        }
        assertThat(store.transaction(TuningRows::all).owners())
                .containsOnlyKeys(-1L)
                .containsEntry(-1L, List.of("worker 1", "worker 2"));
    }

    @Test
    void theRuntimesVersionIsThatOfThePom() throws Exception {
        open(TestDatabase.H2, 1);
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + InstanceRows.RUNTIME);
    }
}
