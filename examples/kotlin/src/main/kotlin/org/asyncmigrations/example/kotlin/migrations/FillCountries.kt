package org.asyncmigrations.example.kotlin.migrations

import org.asyncmigrations.AsyncMigration
import org.asyncmigrations.BatchKey
import org.asyncmigrations.BatchMigration
import org.asyncmigrations.By
import org.asyncmigrations.Idempotent
import org.asyncmigrations.RowBatch
import org.asyncmigrations.example.kotlin.DialCodes
import org.asyncmigrations.example.kotlin.schema.tables.references.CUSTOMERS
import org.jooq.Condition

/** Fills `country`, row by row, with the application's own Kotlin. */
@AsyncMigration(version = 20261121_093000L, description = "countries, by the codes of phone numbers")
@Idempotent(By.PENDING_ROWS)
class FillCountries(private val dialCodes: DialCodes) : BatchMigration {
    override fun key(): BatchKey = BatchKey.of(CUSTOMERS.ID)

    override fun pending(): Condition = CUSTOMERS.COUNTRY.isNull.and(CUSTOMERS.PHONE.isNotNull)

    override fun migrate(batch: RowBatch): Long =
        batch.update(CUSTOMERS) { customer ->
            customer.country = customer.phone?.let(dialCodes::countryOf)
        }
}
