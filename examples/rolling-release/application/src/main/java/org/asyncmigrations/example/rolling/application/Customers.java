package org.asyncmigrations.example.rolling.application;

/** What the application does for its users. Each release does it with other columns. */
public interface Customers {
    /**
     * Adds a customer.
     *
     * @param id of whom there is none yet
     * @param name the name
     */
    void create(long id, Name name);

    /**
     * Gives a customer another name.
     *
     * @param id of whom there is one
     * @param name the new name
     */
    void rename(long id, Name name);

    /**
     * A customer's name.
     *
     * @param id of whom there is one
     * @return the name
     */
    Name read(long id);
}
