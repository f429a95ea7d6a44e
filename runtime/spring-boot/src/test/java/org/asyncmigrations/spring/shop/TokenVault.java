package org.asyncmigrations.spring.shop;

/** A bean of the application that a migration needs. */
public interface TokenVault {
    void forget();
}
