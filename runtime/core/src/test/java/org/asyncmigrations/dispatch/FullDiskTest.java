package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.TroubleBench.LONG;
import static org.asyncmigrations.dispatch.TroubleBench.awaitUntil;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A migration waits for disk space however long it takes, with its only attempt, and then finishes.
 *
 * <p>The servers, their refused writes and their errors are real. On PostgreSQL, the operating system refuses writes (ENOSPC), but
 * only to the files that are on {@code /dev/full}. The server's log must have space, or the server itself goes down, which is a
 * restart. On MariaDB, the disk has space, but InnoDB's single file, with the user's tables and the state tables, has reached its
 * maximum size (1114). A disk that is full for MariaDB's files (1021, or 1030 with the system's error 28) is recognized by the
 * codes alone, see {@code TroubleTest}. Doesn't need root.
 */
class FullDiskTest {
    private static final int ROWS = 4_000;

    /** More than the tries after a lost connection while the database is up: 20 for a batch, 60 for a migration in one piece. */
    private static final int TRIES = 61;

    @BeforeEach
    void needsTheFullDevice() {
        assumeTrue(Files.exists(FullDisk.OfPostgres.DEVICE), "no /dev/full here: Linux has it");
    }

    private static TestCatalog inBatches(AtomicInteger tries) {
        return new TestCatalog().batch(1, new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                tries.incrementAndGet();
                return super.migrate(batch);
            }
        });
    }

    private static TestCatalog inOnePiece(AtomicInteger tries) {
        return new TestCatalog().data(1, run -> {
            tries.incrementAndGet();
            run.dsl()
                    .update(CUSTOMERS)
                    .set(EMAIL_LOWER, DSL.lower(EMAIL))
                    .set(CHANGES, CHANGES.plus(1))
                    .where(EMAIL.isNotNull())
                    .execute();
        });
    }

    @Test
    void theWorkWaitsForRoomAndEnds() throws Exception {
        TestDatabase.onBothServers(database -> OwnThreads.runAll(List.of(
                () -> waitsForRoomAndEnds(database, FullDiskTest::inBatches),
                () -> waitsForRoomAndEnds(database, FullDiskTest::inOnePiece))));
    }

    private static Void waitsForRoomAndEnds(TestDatabase database, Function<AtomicInteger, TestCatalog> catalog)
            throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (FullDisk disk = FullDisk.of(database)) {
            Customers.create(disk.dsl(), ROWS);
            StateSchema.install(Connections.of(disk.dataSource()), TestTables.all());
            disk.fill();
            try (Dispatcher registry = catalog.apply(tries)
                    .on(disk.dataSource())
                    .maxAttempts(1)
                    .giveWay(Duration.ofMillis(1))
                    .build()) {
                Dispatch dispatch = registry.dispatch();
                awaitUntil(() -> dispatch.message().contains("disk is full"));
                int before = tries.get();
                awaitUntil(() -> tries.get() > before + TRIES || dispatch.outcome() != Outcome.RUNNING);
                assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
                awaitUntil(() -> dispatch.message().contains("migration 1 (M1): the database's disk is full"));
                awaitUntil(() -> String.valueOf(
                                registry.status().of(1).now().pace().throttled())
                        .contains("disk is full"));
                disk.free();
                assertThat(dispatch.await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(disk.dsl())).isZero();
            assertThat(events(disk)).containsExactly("registered", "ready", "started", "done");
        }
        return null;
    }

    @Test
    void stateTablesWithoutRoomAreWaitedForToo() throws Exception {
        List<String> names = TestTables.all().all().stream().map(Table::getName).toList();
        try (FullDisk disk = new FullDisk.OfPostgres(names)) {
            Customers.create(disk.dsl(), 100);
            StateSchema.install(
                    Connections.of(TroubleServer.plain(
                            TestDatabase.POSTGRES,
                            ((FullDisk.OfPostgres) disk).fresh().url(),
                            "postgres",
                            "")),
                    TestTables.all());
            disk.fill();
            try (Dispatcher registry = inBatches(new AtomicInteger())
                    .on(disk.dataSource())
                    .maxAttempts(1)
                    .build()) {
                Dispatch dispatch = registry.dispatch();
                awaitUntil(() -> dispatch.message().contains("disk is full"));
                assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
                disk.free();
                assertThat(dispatch.await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(disk.dsl())).isZero();
            assertThat(events(disk)).containsExactly("registered", "ready", "started", "done");
        }
    }

    private static List<String> events(FullDisk disk) {
        var events = TestTables.all().events();
        return disk.dsl()
                .select(events.EVENT)
                .from(events)
                .orderBy(events.HAPPENED_AT, events.ID)
                .fetch(events.EVENT);
    }
}
