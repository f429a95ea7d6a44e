package org.asyncmigrations;

/**
 * A migration of one piece: it runs in one transaction together with the record of its being done, unless its annotation
 * says {@code transactional = false}. For what touches few rows; a change of many rows is a {@link BatchMigration}.
 * An object is made for each attempt and used by one thread.
 */
public interface DataMigration {
    /**
     * Changes the data. Statements go through {@link MigrationRun#dsl()}; what goes elsewhere is not part of the transaction.
     *
     * @param run the attempt under way
     * @throws Exception whatever stops this attempt: its work is rolled back, and it is tried again, backing off
     */
    void migrate(MigrationRun run) throws Exception;
}
