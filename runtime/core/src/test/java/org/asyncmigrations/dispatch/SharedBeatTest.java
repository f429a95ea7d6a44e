package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestSource;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The registries of one process send their heartbeats together, and none of them delays another one. */
@Timeout(120)
class SharedBeatTest {
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final Workers pool = Workers.shared(4);
    private final AtomicInteger borrowed = new AtomicInteger();
    private final List<String> schemas = new ArrayList<>();

    private TestSource counted(Fresh fresh) {
        return () -> {
            borrowed.incrementAndGet();
            return fresh.dataSource().getConnection();
        };
    }

    /** Four tenants of one data source, which have arrived. */
    private List<Dispatcher> tenants(Fresh fresh) {
        List<Dispatcher> tenants = new ArrayList<>();
        TestSource one = counted(fresh);
        for (int number = 1; number <= 4; number++) {
            String schema = number + "t" + Long.toHexString(System.nanoTime());
            fresh.dsl().createSchema(DSL.name(schema)).execute();
            schemas.add(schema);
            Dispatcher tenant = new TestCatalog()
                    .data(1, run -> {})
                    .on(one)
                    .stateSchema(schema)
                    .worker(pool.worker())
                    .beatenByHand(true)
                    .build();
            assertThat(outcome(tenant.dispatch())).isEqualTo(Outcome.DONE);
            tenant.beat();
            tenants.add(tenant);
        }
        return tenants;
    }

    private static Outcome outcome(Dispatch dispatch) {
        try {
            return dispatch.await(Duration.ofSeconds(60));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@return how many tenants have sent a heartbeat since then} */
    private long heard(Fresh fresh, List<LocalDateTime> before) {
        List<LocalDateTime> now = seen(fresh);
        long heard = 0;
        for (int tenant = 0; tenant < now.size(); tenant++) {
            heard += now.get(tenant).isAfter(before.get(tenant)) ? 1 : 0;
        }
        return heard;
    }

    private List<LocalDateTime> seen(Fresh fresh) {
        var i = TestTables.all().instances();
        return schemas.stream()
                .map(schema -> fresh.dsl()
                        .select(DSL.max(DSL.field(DSL.name(i.SEEN_AT.getName()), i.SEEN_AT.getDataType())))
                        .from(DSL.table(DSL.name(schema, i.getName())))
                        .fetchOne(0, LocalDateTime.class))
                .map(seen -> seen == null ? LONG_AGO : seen)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void registriesOfOneDataSourceBeatInOneTransaction(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            List<Dispatcher> tenants = tenants(fresh);
            List<LocalDateTime> before = seen(fresh);
            borrowed.set(0);
            pool.heartbeats().beat();
            assertThat(heard(fresh, before)).isEqualTo(4);
            assertThat(borrowed).hasValue(1);
            tenants.forEach(Dispatcher::close);
            drop(fresh);
        }
    }

    /** The second tenant has lost its tables, and the third its row. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTenantThatCannotBeatStopsNoOther(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            List<Dispatcher> tenants = tenants(fresh);
            List<LocalDateTime> before = seen(fresh);
            var i = TestTables.all().instances();
            fresh.dsl()
                    .alterTable(DSL.name(schemas.get(1), i.getName()))
                    .renameTo(DSL.name("elsewhere"))
                    .execute();
            fresh.dsl()
                    .deleteFrom(DSL.table(DSL.name(schemas.get(2), i.getName())))
                    .execute();
            pool.heartbeats().beat();
            schemas.remove(1);
            before = List.of(before.get(0), LONG_AGO, before.get(3));
            assertThat(heard(fresh, before)).isEqualTo(2);

            pool.heartbeats().beat();
            assertThat(heard(fresh, before)).isEqualTo(3);
            tenants.forEach(Dispatcher::close);
            drop(fresh);
        }
    }

    private void drop(Fresh fresh) {
        if (fresh.url().contains("mariadb") || fresh.url().contains("mysql")) {
            schemas.forEach(schema -> fresh.dsl().execute("drop database `" + schema + "`"));
        }
    }

    /** They have more heartbeats and renewals than can run at once, and the tenant next to them keeps its claim. */
    @Test
    void aConnectionPoolThatIsExhaustedLosesNobodyElsesClaimOrBeat() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(3);
        Workers many = Workers.shared(8);
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            List<Dispatcher> exhausted = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                String schema = "x" + number;
                fresh.dsl().createSchema(schema).execute();
                CountDownLatch mine = new CountDownLatch(1);
                Dispatcher tenant = new TestCatalog()
                        .data(1, run -> {
                            mine.countDown();
                            held.countDown();
                            free.await();
                        })
                        .on((TestSource) () -> mine.getCount() == 0
                                ? awaited(free)
                                : fresh.dataSource().getConnection())
                        .stateSchema(schema)
                        .claimTime(Duration.ofSeconds(1))
                        .threads(1)
                        .worker(many.worker())
                        .build();
                exhausted.add(tenant);
                tenant.dispatch();
            }
            held.await();

            fresh.dsl().createSchema("well").execute();
            Dispatcher well = new TestCatalog()
                    .data(1, run -> {
                        LocalDateTime first = claimed(fresh);
                        later(fresh, later(fresh, first));
                    })
                    .on(fresh.dataSource())
                    .stateSchema("well")
                    .claimTime(Duration.ofSeconds(6))
                    .worker(many.worker())
                    .build();
            assertThat(outcome(well.dispatch())).isEqualTo(Outcome.DONE);
            assertThat(well.status().of(1).attempts()).isEqualTo(1);
            free.countDown();
            exhausted.forEach(Dispatcher::close);
            well.close();
        }
    }

    private static Connection awaited(CountDownLatch free) throws SQLException {
        try {
            free.await();
        } catch (InterruptedException interrupted) {
            throw new SQLException(interrupted);
        }
        throw new SQLException("the pool has been closed", "08003");
    }

    private static LocalDateTime later(Fresh fresh, LocalDateTime than) {
        LocalDateTime now = claimed(fresh);
        while (!now.isAfter(than)) {
            Thread.onSpinWait();
            now = claimed(fresh);
        }
        return now;
    }

    private static LocalDateTime claimed(Fresh fresh) {
        return fresh.dsl()
                .fetchSingle("select claimed_until from well.async_schema_migrations")
                .get(0, LocalDateTime.class);
    }
}
