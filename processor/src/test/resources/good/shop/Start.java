package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.asyncmigrations.MigrationHandle;

/** What an application does with the generated code. */
public final class Start {
    private Start() {}

    public static AsyncMigrationRegistry start(DataSource dataSource, TokenVault vault) {
        Services services =
                new Services(Clock.systemUTC(), InstantSource.system(), Map.of(), new String[0], () -> "", vault, 3);
        return AsyncMigrationRegistry.builder(dataSource, services).build();
    }

    static MigrationHandle handles(AsyncMigrationRegistry registry) {
        registry.backfillEmailLower().requireDone();
        registry.urlBackfill().pause();
        registry.nested().resume();
        return registry.close20261121_100000();
    }
}
