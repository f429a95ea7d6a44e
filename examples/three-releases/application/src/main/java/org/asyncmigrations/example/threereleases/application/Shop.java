package org.asyncmigrations.example.threereleases.application;

import java.util.function.Supplier;

/**
 * Which columns the application uses. It asks at each request, because release 2 changes the answers while it runs. Immutable.
 *
 * @param writes adds and renames customers
 * @param reads reads customers
 */
public record Shop(Supplier<Customers> writes, Supplier<Customers> reads) {
    /**
     * A shop that always uses the same columns.
     *
     * @param customers reads and writes customers
     * @return the shop
     */
    public static Shop of(Customers customers) {
        return new Shop(() -> customers, () -> customers);
    }
}
