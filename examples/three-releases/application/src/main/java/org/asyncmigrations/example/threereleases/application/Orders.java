package org.asyncmigrations.example.threereleases.application;

/** The shop's orders. Each release uses other columns. */
public interface Orders {
    /**
     * Adds an order.
     *
     * @param id a new ID
     * @param cents its total
     */
    void place(long id, long cents);

    /**
     * Changes the total of an order.
     *
     * @param id the ID of an existing order
     * @param cents the new total
     */
    void correct(long id, long cents);

    /**
     * Reads the total of an order.
     *
     * @param id the ID of an existing order
     * @return the total in cents
     */
    long total(long id);
}
