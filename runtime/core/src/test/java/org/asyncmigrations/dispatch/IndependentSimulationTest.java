package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;

/**
 * 200 migrations with random dependencies and tables, and ten instances that come and go. While a migration runs, other instances
 * step and may run the next one. So work overlaps on one thread, and each random run can be repeated ({@code -Dseed=…}).
 */
class IndependentSimulationTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int MIGRATIONS = 200;
    private static final int INSTANCES = 10;
    private static final int TABLES = 12;
    private static final int AT_ONCE = 3;

    /** The most migrations at once. Each has an open transaction and a connection. */
    private static final int DEPTH = 5;

    private final Random random = new Random(SEED);
    private final List<MigrationEntry> entries = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();
    private final Map<Long, MigrationEntry> running = new LinkedHashMap<>();
    private final List<Fleet.Ship> ships = new ArrayList<>();
    private final Set<Fleet.Ship> busy = new HashSet<>();
    private int most;
    private int overtaken;

    private TestCatalog build() {
        TestCatalog build = new TestCatalog();
        for (long version = 1; version <= MIGRATIONS; version++) {
            Set<Long> after = new TreeSet<>();
            for (int i = random.nextInt(3); i > 0 && version > 1; i--) {
                after.add(1L + random.nextInt((int) version - 1));
            }
            MigrationEntry entry = MigrationEntry.async(version, "test.M" + version, By.TRANSACTION, "f" + version)
                    .after(after.toArray(Long[]::new))
                    .writing("t" + random.nextInt(TABLES), "t" + random.nextInt(TABLES));
            MigrationEntry one = random.nextInt(3) > 0 ? entry.independently() : entry;
            entries.add(one);
            build.with(one, () -> (DataMigration) run -> runs(one));
        }
        return build;
    }

    private void runs(MigrationEntry entry) {
        assertThat(done).as("done before %s", entry).containsAll(entry.after());
        for (MigrationEntry other : running.values()) {
            boolean excludes = entry.independent() || other.independent();
            assertThat(entry.writes().stream().anyMatch(other.writes()::contains) && excludes)
                    .as("%s on a table of %s", entry, other)
                    .isFalse();
            assertThat(excludes).as("%s beside %s", entry, other).isTrue();
        }
        if (!entry.independent()) {
            assertThat(entries.stream()
                            .filter(other -> !other.independent() && other.version() < entry.version())
                            .map(MigrationEntry::version))
                    .as("the ordered ones before %s", entry)
                    .allMatch(done::contains);
        }
        running.put(entry.version(), entry);
        long independent =
                running.values().stream().filter(MigrationEntry::independent).count();
        assertThat(independent).isLessThanOrEqualTo(AT_ONCE);
        most = Math.max(most, running.size());
        overtaken += entries.stream()
                        .anyMatch(other -> other.version() < entry.version()
                                && !done.contains(other.version())
                                && !running.containsKey(other.version()))
                ? 1
                : 0;
        for (int i = random.nextInt(4); i > 0 && running.size() < DEPTH; i--) {
            step();
        }
        running.remove(entry.version());
        done.add(entry.version());
    }

    /** Steps one of the instances that aren't in a step. */
    private void step() {
        Fleet.Ship ship = ships.get(random.nextInt(ships.size()));
        if (busy.add(ship)) {
            ship.worker.step();
            busy.remove(ship);
        }
    }

    @Test
    void anyGraphComesToItsEndInAnOrderThatItAllows() {
        TestCatalog build = build();
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            int turns = 0;
            int gone = 0;
            for (; done.size() < MIGRATIONS; turns++) {
                assertThat(turns).as("turns, -Dseed=" + SEED).isLessThan(100 * MIGRATIONS);
                if (ships.size() < INSTANCES) {
                    ships.add(fleet.ship(build, fleet.fresh().dataSource(), one -> one.concurrentMigrations(AT_ONCE))
                            .dispatch());
                }
                if (random.nextInt(20) == 0) {
                    ships.remove(random.nextInt(ships.size())).close();
                    gone++;
                } else {
                    step();
                }
                fleet.pass(Duration.ofMillis(100));
            }
            ships.forEach(Fleet.Ship::works);
            assertThat(ships).allMatch(ship -> ship.outcome() == Outcome.DONE);
            assertThat(most).as("at once, -Dseed=" + SEED).isGreaterThan(2);
            System.out.printf(
                    "%d migrations in %d turns, %d instances gone, up to %d at once, %d before a lower version (-Dseed=%d)%n",
                    MIGRATIONS, turns, gone, most, overtaken, SEED);
        } catch (AssertionError wrong) {
            throw new AssertionError("-Dseed=" + SEED, wrong);
        }
    }
}
