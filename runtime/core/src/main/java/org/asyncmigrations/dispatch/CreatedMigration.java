package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.jspecify.annotations.Nullable;

/**
 * A migration's object, or the reason why there is none. Immutable.
 *
 * @param migration the object, null if it couldn't be created
 * @param failure what its constructor or its services threw; null if it was created
 */
record CreatedMigration(
        @Nullable Object migration, @Nullable Throwable failure) {
    static CreatedMigration of(MigrationSet contents, MigrationEntry entry) {
        try {
            return new CreatedMigration(contents.create(entry), null);
        } catch (Throwable failure) {
            return new CreatedMigration(null, failure);
        }
    }
}
