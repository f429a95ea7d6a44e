package org.asyncmigrations.example.rolling.application;

/** What the application does for its users. Each release uses other columns. */
public interface Customers {
    /**
     * Adds a customer.
     *
     * @param id a new ID
     * @param name the name
     */
    void create(long id, Name name);

    /**
     * Renames a customer.
     *
     * @param id the ID of an existing customer
     * @param name the new name
     */
    void rename(long id, Name name);

    /**
     * Reads a customer's name.
     *
     * @param id the ID of an existing customer
     * @return the name
     */
    Name read(long id);
}
