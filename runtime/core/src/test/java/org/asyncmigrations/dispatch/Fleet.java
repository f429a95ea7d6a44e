package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.TestDatabase;

/** Instances of several builds on one database, stepped by hand. Tests move their clock instead of waiting. */
final class Fleet implements AutoCloseable {
    private final TestDatabase.Fresh fresh;
    private final List<Ship> ships = new ArrayList<>();
    private final List<MigrationEvent> told = new CopyOnWriteArrayList<>();
    private volatile Duration later = Duration.ZERO;

    Fleet(TestDatabase database) {
        fresh = database.fresh();
    }

    /** An instance. */
    static final class Ship implements AutoCloseable {
        final Dispatcher registry;
        final ManualWorker worker = new ManualWorker();
        private final Fleet fleet;
        private volatile Duration frozenAt;
        private Dispatch dispatch;

        private Ship(
                Fleet fleet, TestCatalog build, DataSource over, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
            this.fleet = fleet;
            this.registry = settings.apply(build.on(over)
                            .worker(worker)
                            .mode(Mode.GATED)
                            .beatenByHand(true)
                            .listener(fleet.told::add)
                            .clockShift(() -> frozenAt == null ? fleet.later : frozenAt))
                    .build();
        }

        Ship dispatch() {
            dispatch = registry.dispatch();
            return this;
        }

        /** Works until there is nothing to do. */
        Ship works() {
            if (worker.starts() > 0) {
                worker.untilIdle();
            }
            return this;
        }

        String message() {
            return dispatch.message();
        }

        Dispatch.Outcome outcome() {
            return dispatch.outcome();
        }

        int exitCode() {
            return dispatch.exitCode();
        }

        MigrationStatus status(long version) {
            return Objects.requireNonNull(registry.status().of(version));
        }

        /** Freezes its process, so that it sends no heartbeats. */
        void freeze() {
            frozenAt = fleet.later;
        }

        void thaw() {
            frozenAt = null;
        }

        @Override
        public void close() {
            registry.close();
        }
    }

    TestDatabase.Fresh fresh() {
        return fresh;
    }

    /** {@return an instance that has dispatched and has worked until there was nothing to do} */
    Ship sails(TestCatalog build) {
        return sails(build, UnaryOperator.identity());
    }

    Ship sails(TestCatalog build, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        Ship ship = ship(build, fresh.dataSource(), settings).dispatch().works();
        ship.registry.beat();
        return ship;
    }

    Ship ship(TestCatalog build, DataSource over, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        Ship ship = new Ship(this, build, over, settings);
        ships.add(ship);
        return ship;
    }

    Duration later() {
        return later;
    }

    void pass(Duration time) {
        later = later.plus(time);
    }

    List<String> told(long version) {
        return told.stream()
                .filter(event -> event.version() == version)
                .map(MigrationEvent::event)
                .toList();
    }

    /** {@return the detail of the last event of a kind} */
    String said(String event) {
        return told.stream()
                .filter(one -> one.event().equals(event))
                .reduce((one, next) -> next)
                .map(one -> String.valueOf(one.detail()))
                .orElse("");
    }

    /** Names the hosts of a release's instances, in the order of their arrival. */
    void name(String release, String... hosts) {
        var i = TestTables.all().instances();
        List<String> instances = fresh.dsl()
                .select(i.INSTANCE)
                .from(i)
                .where(i.RELEASE_NAME.eq(release))
                .orderBy(i.STARTED_AT)
                .fetch(i.INSTANCE);
        for (int n = 0; n < hosts.length; n++) {
            fresh.dsl()
                    .update(i)
                    .set(i.HOST, hosts[n])
                    .where(i.INSTANCE.eq(instances.get(n)))
                    .execute();
        }
    }

    @Override
    public void close() {
        ships.forEach(Ship::close);
        fresh.close();
    }
}
