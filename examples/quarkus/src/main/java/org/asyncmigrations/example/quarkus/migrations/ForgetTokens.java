package org.asyncmigrations.example.quarkus.migrations;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.example.quarkus.TokenVault;

/** Deletes unused tokens, with a bean of the application. */
@AsyncMigration(version = 20261129_090000L, after = NormalizeEmails.class)
@Idempotent(By.TRANSACTION)
public final class ForgetTokens implements DataMigration {
    private final TokenVault vault;

    public ForgetTokens(TokenVault vault) {
        this.vault = vault;
    }

    @Override
    public void migrate(MigrationRun run) {
        vault.forget();
    }
}
