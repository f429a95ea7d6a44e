package org.asyncmigrations.example.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class JobTest {
    private static final Plan.Limits TWO_AT_A_TIME = new Plan.Limits(2, Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static Server server;
    private static int tests;

    private final Queue<Result> turns = new ConcurrentLinkedQueue<>();
    private HikariDataSource pool;
    private Directory directory;

    @BeforeAll
    static void start() throws IOException {
        server = new Server();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** Each test has another directory and other tenants. */
    @BeforeEach
    void eightTenants() throws IOException {
        tests++;
        pool = server.database("directory" + tests).pool();
        directory = new Directory(pool);
        directory.create();
        for (int tenant = 1; tenant <= 8; tenant++) {
            OldTenants.create(server.schema(name(tenant)), 100, directory);
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static String name(int tenant) {
        return "t" + tests + "_" + tenant;
    }

    @Test
    void threadsAndConnectionsAreThoseOfTheTenantsThatAreWorkedOnAtOnce() throws Exception {
        Queue<Integer> connections = new ConcurrentLinkedQueue<>();
        Queue<Long> threads = new ConcurrentLinkedQueue<>();
        Summary summary = run(TWO_AT_A_TIME, result -> {
            connections.add(server.connections());
            threads.add(migrationThreads());
        });

        assertThat(summary.exitCode()).as(summary::toString).isZero();
        // All tenants at once would have more, even if some connections that have just been closed still appear.
        assertThat(connections).hasSize(8).allMatch(number -> number < 8 * Tenant.CONNECTIONS);
        // Those of the pool, and some more for heartbeats, claims and locks, of which a slow machine needs more.
        assertThat(threads).allMatch(number -> number <= 4 + 16);
    }

    @Test
    void anApplicationThatServesAllTenantsHasTheThreadsOfOnePool() throws Exception {
        List<HikariDataSource> pools =
                directory.tenants().stream().map(Tenant::pool).toList();
        try (Registries registries = new Registries()) {
            List<Dispatch> all = pools.stream().map(registries::dispatch).toList();
            for (Dispatch one : all) {
                // Its after-release migration waits, because nobody knows whether older instances are running.
                assertThat(one.await(Duration.ofMinutes(1))).isEqualTo(Outcome.HELD);
                assertThat(one.message()).contains("20261208_090000");
            }
            assertThat(workers()).isBetween(1L, 16L);
        } finally {
            pools.forEach(HikariDataSource::close);
        }
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("async-migrations-\\d+.*"))
                .count();
    }

    @Test
    void aTenantThatCannotBeReachedFailsAlone() throws Exception {
        directory.add(new Tenant("gone", "jdbc:postgresql://localhost:1/gone"));

        Summary summary = run(TWO_AT_A_TIME, result -> {});

        assertThat(summary.results())
                .filteredOn(result -> result.exitCode() != 0)
                .singleElement()
                .satisfies(gone -> {
                    assertThat(gone.tenant()).isEqualTo("gone");
                    assertThat(gone.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(gone.note()).contains("localhost:1 refused");
                });
        assertThat(summary.exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsNotDoneWhenTheTimeIsOverTheNextRunGoesOnWith() throws Exception {
        Summary cut = run(new Plan.Limits(2, Duration.ofMinutes(1), Duration.ZERO), result -> {});
        assertThat(cut.results()).hasSize(8).extracting(Result::outcome).containsOnly(Outcome.RUNNING);
        assertThat(cut.exitCode()).isEqualTo(4);

        assertThat(run(TWO_AT_A_TIME, result -> {}).exitCode()).isZero();
    }

    @Test
    void aTenantThatIsNotDoneWhenItsTurnIsOverHasAnother() throws Exception {
        Tenant busy = directory.tenants().get(0);
        try (HikariDataSource users = busy.pool();
                Connection user = users.getConnection()) {
            user.setAutoCommit(false);
            user.createStatement().execute("select * from customers for update");
            Plan.Limits shortTurns = new Plan.Limits(2, Duration.ofSeconds(2), Duration.ofMinutes(4));

            Summary summary = run(shortTurns, result -> {
                if (result.tenant().equals(busy.name())) {
                    letGo(user);
                }
            });

            assertThat(turns)
                    .filteredOn(turn -> turn.tenant().equals(busy.name()))
                    .extracting(Result::outcome)
                    .startsWith(Outcome.RUNNING)
                    .endsWith(Outcome.DONE);
            assertThat(summary.results()).extracting(Result::rows).containsOnly(100L);
        }
    }

    private static void letGo(Connection user) {
        try {
            user.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyThoseWhoAreNamedAreWorkedOn() throws Exception {
        Plan plan = Plan.of(Mode.BEFORE, name(2), name(5));
        new Job(directory, plan, turns::add).run();

        assertThat(turns).extracting(Result::tenant).containsExactlyInAnyOrder(name(2), name(5));
    }

    @Test
    void aSlipInANameIsRefusedBeforeAnybodyIsWorkedOn() {
        Plan plan = Plan.of(Mode.BEFORE, name(2), "t22");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Job(directory, plan, turns::add).run())
                .withMessage("the directory has no tenant t22");
        assertThat(turns).isEmpty();
    }

    private Summary run(Plan.Limits limits, Consumer<Result> told) throws Exception {
        Plan plan = new Plan(Mode.AFTER, false, Set.of(), limits);
        return new Job(directory, plan, told.andThen(turns::add)).run();
    }

    private static long migrationThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("async-migrations-"))
                .count();
    }
}
