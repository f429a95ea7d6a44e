package org.asyncmigrations.benchmarks.dispatch;

import java.util.List;
import java.util.stream.LongStream;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.state.StateTables;

/**
 * A build whose first migration fails, so that all others wait. Immutable, and so thread-safe.
 *
 * @param migrations how many there are
 * @param gated how many of them, the last ones, wait for their gates
 */
record WaitingBuild(int migrations, int gated) implements MigrationCatalog<Dispatcher> {
    /** Timestamps and hashes of realistic length. */
    private static final long FIRST_VERSION = 20_260_101_000_000L;

    @Override
    public String schema() {
        return "";
    }

    @Override
    public String prefix() {
        return "async_";
    }

    @Override
    public List<MigrationEntry> entries() {
        return LongStream.range(0, migrations).mapToObj(this::entry).toList();
    }

    private MigrationEntry entry(long number) {
        String name = "com.example.shop.migrations.Migration" + number;
        String fingerprint = String.format("%032x", number);
        return number < migrations - gated
                ? MigrationEntry.async(FIRST_VERSION + number, name, By.TRANSACTION, fingerprint)
                : MigrationEntry.afterRelease(FIRST_VERSION + number, name, By.TRANSACTION, fingerprint);
    }

    @Override
    public Object create(int index) {
        return (DataMigration) run -> {
            throw new IllegalStateException("this one always fails");
        };
    }

    @Override
    public StateTables tables() {
        return StateTables.named(null, prefix());
    }

    @Override
    public Dispatcher registry(Dispatcher dispatcher) {
        return dispatcher;
    }
}
