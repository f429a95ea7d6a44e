package org.asyncmigrations.example.quickstart.customer;

import org.jspecify.annotations.Nullable;

/**
 * A customer as people have typed it in. Immutable, and so safe for threads.
 *
 * @param id the key
 * @param name given and family name
 * @param email the address as typed; may be null, blank, shared, in any case
 * @param phone the number as typed; may be null or no number at all
 */
public record Customer(
        long id,
        String name,
        @Nullable String email,
        @Nullable String phone) {}
