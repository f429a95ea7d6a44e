package org.asyncmigrations.benchmarks.backfill.migrations;

import static org.asyncmigrations.benchmarks.backfill.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.trim;

import java.util.List;
import java.util.Locale;
import org.asyncmigrations.RowBatch;

/** The ways in which users can change the rows of a batch. Thread-safe. */
@FunctionalInterface
public interface BatchChange {
    /** One statement for each batch. */
    BatchChange SET_BASED = batch -> batch.dsl()
            .update(CUSTOMERS)
            .set(CUSTOMERS.EMAIL_NORMALIZED, lower(trim(CUSTOMERS.EMAIL)))
            .where(batch.rows())
            .execute();

    /** Each row in Java. */
    BatchChange ROW_BY_ROW = batch -> batch.update(
            CUSTOMERS,
            customer -> customer.setEmailNormalized(customer.getEmail().trim().toLowerCase(Locale.ROOT)));

    /** Each row in Java, reading only the columns that are needed. */
    BatchChange SOME_COLUMNS = batch -> batch.update(
            CUSTOMERS,
            List.of(CUSTOMERS.EMAIL, CUSTOMERS.EMAIL_NORMALIZED),
            customer -> customer.set(
                    CUSTOMERS.EMAIL_NORMALIZED,
                    customer.get(CUSTOMERS.EMAIL).trim().toLowerCase(Locale.ROOT)));

    /**
     * Changes the rows.
     *
     * @param batch the rows
     * @return how many were changed
     * @throws Exception if the database fails
     */
    long apply(RowBatch batch) throws Exception;
}
