package org.asyncmigrations;

/**
 * A migration that changes the schema while the application reads and writes the table. The class says what is to be there; the
 * library knows the statements for it, waits for no lock longer than a moment, and goes on where a killed attempt stopped. It needs
 * no {@link Idempotent}. A change that takes something away, as {@link SchemaChange#dropColumn}, is an {@link AfterRelease}
 * migration. An object is made for each attempt and used by one thread.
 */
public interface SchemaMigration {
    /**
     * What is to be there, or gone, when the migration is done.
     *
     * @return the change: always the same one
     */
    SchemaChange change();
}
