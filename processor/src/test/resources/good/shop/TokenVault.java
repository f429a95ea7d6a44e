package com.acme.shop;

/** A service that a migration needs. */
public interface TokenVault {
    void clear();
}
