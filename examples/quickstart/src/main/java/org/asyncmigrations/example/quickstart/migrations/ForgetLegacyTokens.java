package org.asyncmigrations.example.quickstart.migrations;

import static org.asyncmigrations.example.quickstart.schema.Tables.LOGIN_TOKENS;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.Verified;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Deletes the tokens that only the old release reads, once its last instance is gone. */
@AfterRelease(
        version = 20261124_070000L,
        after = BackfillEmailNormalized.class,
        description = "tokens of the log-in without email")
@Idempotent(By.TRANSACTION)
public final class ForgetLegacyTokens implements DataMigration, Verified {
    private static final Condition LEGACY = LOGIN_TOKENS.TOKEN.startsWith("v1:");

    @Override
    public void migrate(MigrationRun run) {
        run.dsl().deleteFrom(LOGIN_TOKENS).where(LEGACY).execute();
    }

    @Override
    public Select<?> violations() {
        return DSL.select(LOGIN_TOKENS.TOKEN).from(LOGIN_TOKENS).where(LEGACY);
    }
}
