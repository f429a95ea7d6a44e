package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asyncmigrations.GeneratedSource;

/**
 * What the migrations of this build are created with: a method for each parameter of their constructors. A method
 * is called when a migration that needs it is created. Several threads may call it at once.
 *
 * <p>For one method, write a lambda; for several, write a record or another class that implements this.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@SuppressWarnings("rawtypes")
public interface Services {
    /**
     * {@return the value for Close}
     */
    Clock clockClock();

    /**
     * {@return the value for ForgetLegacyTokens}
     */
    InstantSource clockInstantSource();

    /**
     * {@return the value for ForgetLegacyTokens}
     */
    Map<String, ? extends List<int[]>> limits();

    /**
     * {@return the value for ForgetLegacyTokens}
     */
    String[] namesString();

    /**
     * {@return the value for Nested}
     */
    Supplier namesSupplier();

    /**
     * {@return the value for Close, ForgetLegacyTokens}
     */
    TokenVault vault();

    /**
     * {@return the value for Close}
     */
    int waitInt();
}
