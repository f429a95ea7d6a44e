package org.asyncmigrations;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a migration: a row of the event table. Immutable, and so safe for threads.
 *
 * @param version the migration
 * @param event what happened, in a word: {@code registered}, {@code started}, {@code done}, {@code failed}, {@code retried} …
 * @param from the state before, null where it did not change
 * @param to the state after, null where it did not change
 * @param who the instance that did it
 * @param detail why, or the error; null for none
 */
public record MigrationEvent(
        long version,
        String event,
        @Nullable State from,
        @Nullable State to,
        String who,
        @Nullable String detail) {}
