package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.dispatch.TestTables;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes that start, create the tables, register and dispatch at the same instant on an empty database. {@code -Drounds=100} repeats
 * this more often than usual, and starts 8 processes instead of 4.
 */
class SameInstantTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final int PROCESSES = ROUNDS == 1 ? 4 : 8;
    private static final Executor THREADS = new OwnThreads();
    private static final Table<?> THINGS = table(name("things"));
    private static final Field<Long> ID = field(name("things", "id"), SQLDataType.BIGINT);
    private static final Field<Integer> CHANGES = field(name("things", "changes"), SQLDataType.INTEGER);

    @ParameterizedTest
    @CsvSource({"POSTGRES, 2", "POSTGRES, 8", "MARIADB, 2", "MARIADB, 8"})
    void nodesThatStartTogetherDoEverythingOnceWithoutAnError(TestDatabase database, int nodes) throws Exception {
        List<HikariDataSource> pools = new ArrayList<>();
        try (Fresh fresh = database.fresh();
                CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < nodes; i++) {
                pools.add(pool(fresh));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                empty(fresh);
                start(pools);
                check(fresh, "round " + round);
            }
            assertThat(log.text()).as("nothing to warn of").isEmpty();
        } finally {
            pools.forEach(HikariDataSource::close);
        }
        System.out.printf("%d times %d nodes at once on an empty %s%n", ROUNDS, nodes, database);
    }

    private static HikariDataSource pool(Fresh fresh) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static void empty(Fresh fresh) {
        TestTables.all()
                .all()
                .forEach(made -> fresh.dsl().dropTableIfExists(made).execute());
        fresh.dsl().dropTableIfExists(THINGS).execute();
        fresh.dsl()
                .createTable(THINGS)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column("changes", SQLDataType.INTEGER.nullable(false))
                .primaryKey("id")
                .execute();
        var insert = fresh.dsl().insertInto(THINGS).columns(ID, CHANGES);
        for (long id = 0; id < 300; id++) {
            insert = insert.values(id, 0);
        }
        insert.execute();
    }

    private static void start(List<HikariDataSource> pools) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(pools.size());
        List<CompletableFuture<String>> ends = pools.stream()
                .map(pool -> CompletableFuture.supplyAsync(() -> dispatch(pool, barrier), THREADS))
                .toList();
        for (CompletableFuture<String> end : ends) {
            assertThat(end.get()).isEqualTo("DONE all migrations are done");
        }
    }

    private static String dispatch(HikariDataSource pool, CyclicBarrier barrier) {
        try (Dispatcher registry = build().on(pool).build()) {
            barrier.await();
            Dispatch dispatch = registry.dispatch();
            Outcome outcome = dispatch.await(Duration.ofMinutes(1));
            return outcome + " " + dispatch.message();
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A migration in one piece and a batch migration, which both add to a value. */
    private static TestCatalog build() {
        BatchMigration batches = new BatchMigration() {
            @Override
            public BatchKey key() {
                return BatchKey.of(THINGS, ID);
            }

            @Override
            public long migrate(RowBatch batch) {
                return batch.dsl()
                        .update(THINGS)
                        .set(CHANGES, CHANGES.plus(1))
                        .where(batch.rows())
                        .execute();
            }
        };
        return new TestCatalog()
                .data(
                        1,
                        run -> run.dsl()
                                .update(THINGS)
                                .set(CHANGES, CHANGES.plus(1))
                                .execute())
                .batch(2, batches);
    }

    private static void check(Fresh fresh, String which) {
        assertThat(fresh.dsl().fetchCount(THINGS, CHANGES.ne(2))).as(which).isZero();
        var t = TestTables.all().migrations();
        assertThat(fresh.dsl()
                        .select(t.VERSION, t.STATE)
                        .from(t)
                        .orderBy(t.VERSION)
                        .fetch(row -> row.value1() + row.value2()))
                .as(which)
                .containsExactly("1done", "2done");
        var e = TestTables.all().events();
        assertThat(fresh.dsl()
                        .select(e.VERSION, e.EVENT)
                        .from(e)
                        .where(e.EVENT.in("registered", "ready", "done"))
                        .fetch(row -> row.value1() + row.value2()))
                .as(which)
                .containsExactlyInAnyOrder("1registered", "1ready", "1done", "2registered", "2ready", "2done");
        assertThat(fresh.dsl().fetchCount(TestTables.all().builds())).as(which).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void processesThatStartTogetherDoEverythingOnce(TestDatabase database) throws Exception {
        List<Node> nodes = new ArrayList<>();
        try (Fresh fresh = database.fresh()) {
            Ledger ledger = Ledger.create(database, fresh);
            for (int i = 0; i < PROCESSES; i++) {
                nodes.add(Node.prepare(fresh, NodeOptions.named("node" + i).withPause(0)));
            }
            Node.awaitReady(nodes);
            nodes.forEach(Node::go);
            for (Node node : nodes) {
                assertThat(node.await("ended")).startsWith("ended FAILED");
            }
            assertThat(ledger.wrongWithRejects()).isEmpty();
        } finally {
            nodes.forEach(Node::close);
        }
    }
}
