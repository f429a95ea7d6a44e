package org.asyncmigrations.example.quickstart.migrations;

import static org.asyncmigrations.example.quickstart.schema.Tables.CUSTOMERS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.quickstart.customer.PhoneNumbers;
import org.jooq.Condition;

/**
 * Fills {@code phone_e164}, row by row, with the application's own Java code.
 *
 * <p>Many texts contain no number, so with "phone_e164 is null" their rows would stay pending forever. That's why there is
 * {@code phone_source}: the text that was read, whatever the result.
 */
@AsyncMigration(version = 20261121_101500L, description = "phone numbers that can be dialled")
@Idempotent(By.PENDING_ROWS)
public final class ReadPhones implements BatchMigration {
    private final PhoneNumbers phoneNumbers;

    /**
     * Called by the generated registry.
     *
     * @param phoneNumbers from the generated interface {@code Services}
     */
    public ReadPhones(PhoneNumbers phoneNumbers) {
        this.phoneNumbers = phoneNumbers;
    }

    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS.PHONE_SOURCE.isDistinctFrom(CUSTOMERS.PHONE);
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        return batch.update(CUSTOMERS, customer -> {
            String phone = customer.getPhone();
            customer.setPhoneE164(phone == null ? null : phoneNumbers.e164(phone));
            customer.setPhoneSource(phone);
        });
    }
}
