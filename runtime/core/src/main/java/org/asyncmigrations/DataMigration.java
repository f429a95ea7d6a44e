package org.asyncmigrations;

/**
 * A migration in one piece: it runs in one transaction, together with the record that it is done, unless its annotation says
 * {@code transactional = false}. Use it for changes of few rows; for many rows, use a {@link BatchMigration}. Each attempt has its
 * own object, used by one thread.
 */
public interface DataMigration {
    /**
     * Changes the data. Send statements through {@link MigrationRun#dsl()}; others are not part of the transaction.
     *
     * @param run the current attempt
     * @throws Exception anything that stops this attempt; its work is rolled back and tried again, with back-off
     */
    void migrate(MigrationRun run) throws Exception;
}
