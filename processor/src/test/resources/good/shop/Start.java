package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.asyncmigrations.MigrationHandle;

/** What an application does with the generated code. */
public final class Start {
    private Start() {}

    /** What the migrations need, under the names of their parameters. */
    @SuppressWarnings("rawtypes")
    record Needs(
            Clock clockClock,
            InstantSource clockInstantSource,
            Map<String, ? extends List<int[]>> limits,
            String[] namesString,
            Supplier namesSupplier,
            TokenVault vault,
            int waitInt)
            implements Services {}

    public static AsyncMigrationRegistry start(DataSource dataSource, TokenVault vault) {
        Services services =
                new Needs(Clock.systemUTC(), InstantSource.system(), Map.of(), new String[0], () -> "", vault, 3);
        return AsyncMigrationRegistry.builder(dataSource, services).build();
    }

    static MigrationHandle handles(AsyncMigrationRegistry registry) {
        registry.backfillEmailLower().requireDone();
        registry.urlBackfill().pause();
        registry.nested().resume();
        return registry.close20261121_100000();
    }
}
