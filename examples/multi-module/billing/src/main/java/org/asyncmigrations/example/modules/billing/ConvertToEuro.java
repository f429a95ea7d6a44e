package org.asyncmigrations.example.modules.billing;

import static org.asyncmigrations.example.modules.billing.schema.Tables.INVOICES;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Fills {@code amount_euro}, row by row, with the module's own Java code. */
@AsyncMigration(version = 20261203_090000L, description = "invoices in one currency, for the year's end")
@Idempotent(By.PENDING_ROWS)
public final class ConvertToEuro implements BatchMigration {
    private final ExchangeRates rates;

    /**
     * Called by the generated registry.
     *
     * @param rates from the generated {@code Services} of this module
     */
    public ConvertToEuro(ExchangeRates rates) {
        this.rates = rates;
    }

    @Override
    public BatchKey key() {
        return BatchKey.of(INVOICES.ID);
    }

    @Override
    public Condition pending() {
        return INVOICES.AMOUNT_EURO.isNull();
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        return batch.update(
                INVOICES, invoice -> invoice.setAmountEuro(rates.toEuro(invoice.getAmount(), invoice.getCurrency())));
    }
}
