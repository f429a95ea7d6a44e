package com.acme.shop;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asyncmigrations.GeneratedSource;

/**
 * What the migrations of this build are made with: the parameters of their constructors.
 *
 * @param clockClock for Close
 * @param clockInstantSource for ForgetLegacyTokens
 * @param limits for ForgetLegacyTokens
 * @param namesString for ForgetLegacyTokens
 * @param namesSupplier for Nested
 * @param vault for Close, ForgetLegacyTokens
 * @param waitInt for Close
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@SuppressWarnings("rawtypes")
public record Services(Clock clockClock, InstantSource clockInstantSource,
        Map<String, ? extends List<int[]>> limits, String[] namesString, Supplier namesSupplier,
        TokenVault vault, int waitInt) {
}
