package org.asyncmigrations.example.quickstart.customer;

import org.jspecify.annotations.Nullable;

/**
 * A customer, as people have typed it in. Immutable, and so thread-safe.
 *
 * @param id the key
 * @param name given and family name
 * @param email the address as typed; it may be null or blank, in any case, and shared with other customers
 * @param phone the number as typed; it may be null or not a number at all
 */
public record Customer(
        long id,
        String name,
        @Nullable String email,
        @Nullable String phone) {}
