package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestCatalog;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A long-lived node next to others that start, are killed or close, while migrations run again and again. Its resources don't grow.
 * {@code -Dsoak=PT1H} runs it for an hour, half of it on each database, and prints a table.
 */
@EnabledIfSystemProperty(named = "soak", matches = "PT.*", disabledReason = "-Dsoak=PT1H runs it for an hour")
class SoakTest {
    private static final Duration TIME =
            Duration.parse(System.getProperty("soak", "PT1H")).dividedBy(2);

    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(Math.min(60, TIME.toSeconds() / 6));

    /** One measurement of everything that might grow. */
    private record Reading(
            long cycles,
            long kills,
            long heapKib,
            long connections,
            int threads,
            long ranges,
            long rejects,
            long instances,
            long events) {
        @Override
        public String toString() {
            return String.format(
                    "%7d %6d %9d %12d %8d %7d %8d %10d %7d",
                    cycles, kills, heapKib, connections, threads, ranges, rejects, instances, events);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void nothingGrows(TestDatabase database) throws Exception {
        System.out.printf(
                "%s for %s%n cycles  kills heap(KiB)  connections  threads  ranges  rejects  instances  events%n",
                database, TIME);
        List<Reading> readings = new ArrayList<>();
        try (Fresh fresh = database.fresh();
                HikariDataSource pool = pool(fresh)) {
            Ledger ledger = Ledger.create(database, fresh);
            try (Dispatcher longLived =
                    catalog().on(pool).claimTime(Duration.ofSeconds(1)).build()) {
                soak(database, fresh, ledger, longLived, readings);
            }
        }
        Reading first = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        assertThat(last.heapKib()).isLessThan(first.heapKib() * 3 / 2 + 8_192);
        assertThat(last.connections()).isLessThanOrEqualTo(first.connections() + 3);
        assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 4);
        assertThat(last.ranges()).isZero();
        // Events are kept for 90 days. They may not grow faster than the cycles.
        assertThat(last.events() / last.cycles()).isLessThan(2 * first.events() / first.cycles() + 10);
    }

    private static void soak(
            TestDatabase database, Fresh fresh, Ledger ledger, Dispatcher longLived, List<Reading> readings)
            throws Exception {
        Random random = new Random(Long.getLong("seed", System.nanoTime()));
        long end = System.nanoTime() + TIME.toNanos();
        long next = System.nanoTime() + BETWEEN_READINGS.toNanos();
        long kills = 0;
        for (long cycle = 1; System.nanoTime() < end; cycle++) {
            kills += cycle(fresh, ledger, longLived, random);
            if (System.nanoTime() > next || readings.isEmpty()) {
                readings.add(read(database, ledger, cycle, kills));
                System.out.println(readings.get(readings.size() - 1));
                next += BETWEEN_READINGS.toNanos();
            }
        }
    }

    /** Runs all migrations once, by the long-lived node, one that is killed and one that closes. {@return how many were killed} */
    private static int cycle(Fresh fresh, Ledger ledger, Dispatcher longLived, Random random) throws Exception {
        ledger.again();
        try (Node mortal = Node.prepare(fresh, NodeOptions.named("mortal")).go()) {
            mortal.awaitDispatched();
            Dispatch dispatch;
            boolean isKilled;
            try (Dispatcher closing = catalog()
                    .on(fresh.dataSource())
                    .claimTime(Duration.ofSeconds(1))
                    .build()) {
                dispatch = longLived.dispatch();
                closing.dispatch();
                isKilled = mortal.isAtWorkAfter(random.nextInt(600));
                mortal.kill();
            }
            assertThat(dispatch.await(Duration.ofMinutes(2))).isEqualTo(Outcome.FAILED);
            assertThat(ledger.wrongWithRejects()).isEmpty();
            ledger.mend();
            longLived.migration(LedgerBuild.ORDERS).retry();
            assertThat(longLived.dispatch().await(Duration.ofMinutes(2))).isEqualTo(Outcome.DONE);
            assertThat(ledger.wrong()).isEmpty();
            return isKilled ? 1 : 0;
        }
    }

    private static TestCatalog catalog() {
        return new LedgerBuild("in this JVM", 2, version -> {}).catalog();
    }

    private static HikariDataSource pool(Fresh fresh) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(3);
        return new HikariDataSource(config);
    }

    private static Reading read(TestDatabase database, Ledger ledger, long cycles, long kills) throws Exception {
        System.gc();
        String sessions = database == TestDatabase.POSTGRES
                ? "select count(*) from pg_stat_activity where datname = current_database()"
                : "select count(*) from information_schema.processlist where db = schema()";
        return new Reading(
                cycles,
                kills,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                ledger.number(sessions),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ledger.number("select count(*) from async_migration_ranges"),
                ledger.number("select count(*) from async_migration_rejects"),
                ledger.number("select count(*) from async_migration_instances"),
                ledger.number("select count(*) from async_migration_events"));
    }
}
