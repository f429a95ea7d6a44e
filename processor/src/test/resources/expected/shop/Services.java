package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asyncmigrations.GeneratedSource;

/**
 * What the migrations of this build are made with: the parameters of their constructors.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@SuppressWarnings("rawtypes")
public final class Services {
    private final Clock clockClock;

    private final InstantSource clockInstantSource;

    private final Map<String, ? extends List<int[]>> limits;

    private final String[] namesString;

    private final Supplier namesSupplier;

    private final TokenVault vault;

    private final int waitInt;

    /**
     * Takes all that the migrations need.
     *
     * @param clockClock for Close
     * @param clockInstantSource for ForgetLegacyTokens
     * @param limits for ForgetLegacyTokens
     * @param namesString for ForgetLegacyTokens
     * @param namesSupplier for Nested
     * @param vault for Close, ForgetLegacyTokens
     * @param waitInt for Close
     */
    public Services(Clock clockClock, InstantSource clockInstantSource,
            Map<String, ? extends List<int[]>> limits, String[] namesString, Supplier namesSupplier,
            TokenVault vault, int waitInt) {
        this.clockClock = clockClock;
        this.clockInstantSource = clockInstantSource;
        this.limits = limits;
        this.namesString = namesString;
        this.namesSupplier = namesSupplier;
        this.vault = vault;
        this.waitInt = waitInt;
    }

    /**
     * {@return what is there for Close}
     */
    public Clock clockClock() {
        return clockClock;
    }

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    public InstantSource clockInstantSource() {
        return clockInstantSource;
    }

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    public Map<String, ? extends List<int[]>> limits() {
        return limits;
    }

    /**
     * {@return what is there for ForgetLegacyTokens}
     */
    public String[] namesString() {
        return namesString;
    }

    /**
     * {@return what is there for Nested}
     */
    public Supplier namesSupplier() {
        return namesSupplier;
    }

    /**
     * {@return what is there for Close, ForgetLegacyTokens}
     */
    public TokenVault vault() {
        return vault;
    }

    /**
     * {@return what is there for Close}
     */
    public int waitInt() {
        return waitInt;
    }
}
