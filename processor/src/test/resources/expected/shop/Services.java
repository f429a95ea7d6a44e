package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asyncmigrations.GeneratedSource;

/**
 * What the migrations of this build are made with: a method for each parameter of their constructors. A method
 * is called when a migration that needs it is made, by several threads at once.
 *
 * <p>For one method write a lambda, for several a record or another class that implements this.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@SuppressWarnings("rawtypes")
public interface Services {
    /**
     * {@return what is there for Close}
     */
    Clock clockClock();

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    InstantSource clockInstantSource();

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    Map<String, ? extends List<int[]>> limits();

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    String[] namesString();

    /**
     * {@return what is there for Nested}
     */
    Supplier namesSupplier();

    /**
     * {@return what is there for Close, ForgetLegacyTokens}
     */
    TokenVault vault();

    /**
     * {@return what is there for Close}
     */
    int waitInt();
}
