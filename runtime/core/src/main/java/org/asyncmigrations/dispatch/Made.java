package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.jspecify.annotations.Nullable;

/**
 * A migration's object, or the reason why there is none. Immutable.
 *
 * @param migration the object, null if it couldn't be created
 * @param failure what its constructor or its services threw; null if it was created
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
