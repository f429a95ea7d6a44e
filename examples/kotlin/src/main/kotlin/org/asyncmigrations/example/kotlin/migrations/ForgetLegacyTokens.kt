package org.asyncmigrations.example.kotlin.migrations

import org.asyncmigrations.AfterRelease
import org.asyncmigrations.By
import org.asyncmigrations.DataMigration
import org.asyncmigrations.Idempotent
import org.asyncmigrations.MigrationRun
import org.asyncmigrations.Verified
import org.asyncmigrations.example.kotlin.schema.tables.references.LOGIN_TOKENS
import org.jooq.Select
import org.jooq.impl.DSL

/** Deletes the tokens that only the old release reads, after its last instance is gone. */
@AfterRelease(version = 20261124_070000L, after = [FillCountries::class])
@Idempotent(By.TRANSACTION)
class ForgetLegacyTokens : DataMigration, Verified {
    private val legacy = LOGIN_TOKENS.TOKEN.startsWith("v1:")

    override fun migrate(run: MigrationRun) {
        run.dsl().deleteFrom(LOGIN_TOKENS).where(legacy).execute()
    }

    override fun violations(): Select<*> = DSL.select(LOGIN_TOKENS.TOKEN).from(LOGIN_TOKENS).where(legacy)
}
