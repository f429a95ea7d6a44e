package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.jspecify.annotations.Nullable;

/**
 * A migration's object, or why there is none. Immutable.
 *
 * @param migration the object, null if it could not be made
 * @param failure what its constructor has thrown, or what it is made with; null if it was made
 */
record Made(@Nullable Object migration, @Nullable Throwable failure) {
    static Made of(Contents contents, MigrationEntry entry) {
        try {
            return new Made(contents.create(entry), null);
        } catch (Throwable failure) {
            return new Made(null, failure);
        }
    }
}
