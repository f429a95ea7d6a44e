package org.asyncmigrations.example.threereleases.application;

/** What the application does for its users. Each release uses other columns. */
public interface Customers {
    /**
     * Adds a customer.
     *
     * @param id a new ID
     * @param name the name
     */
    void add(long id, Name name);

    /**
     * Renames a customer.
     *
     * @param id the ID of an existing customer
     * @param name the new name
     */
    void rename(long id, Name name);

    /**
     * Adds or renames a customer, with one upsert.
     *
     * @param id a new ID, or that of an existing customer
     * @param name the name
     */
    void put(long id, Name name);

    /**
     * Reads a customer's name.
     *
     * @param id the ID of an existing customer
     * @return the name
     */
    Name name(long id);
}
