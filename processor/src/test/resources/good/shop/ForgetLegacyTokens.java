package com.acme.shop;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Needs services, one of them by another type than a migration beside it, and may fail to be made. */
@AfterRelease(
        version = 20261122_090000L, requiresSchema = "12.3", start = org.asyncmigrations.Start.ON_APPROVAL, startsAfter = "P1D",
        after = {Outer.Nested.class, BackfillEmailLower.class, BackfillEmailLower.class})
@Idempotent(By.TRANSACTION)
@SuppressWarnings("HoldsUpOthers")
public final class ForgetLegacyTokens implements DataMigration {
    private final TokenVault vault;

    public ForgetLegacyTokens(
            TokenVault vault, Map<String, ? extends List<int[]>> limits, InstantSource clock, String... names)
            throws IOException {
        this.vault = vault;
    }

    @Override
    public void migrate(MigrationRun run) {
        vault.clear();
    }
}
