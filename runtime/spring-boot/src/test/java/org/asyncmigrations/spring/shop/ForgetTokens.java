package org.asyncmigrations.spring.shop;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.springframework.beans.factory.annotation.Qualifier;

@AsyncMigration(version = 20261129_090000L, after = NormalizeEmails.class)
@Idempotent(value = By.DECLARATION, because = "forgetting twice forgets no more")
public final class ForgetTokens implements DataMigration {
    private final TokenVault vault;

    public ForgetTokens(@Qualifier("legacy") TokenVault vault) {
        this.vault = vault;
    }

    @Override
    public void migrate(MigrationRun run) {
        vault.forget();
    }
}
