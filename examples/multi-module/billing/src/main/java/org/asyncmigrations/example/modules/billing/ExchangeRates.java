package org.asyncmigrations.example.modules.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * Exchange rates: a service that a migration needs. Immutable, and so thread-safe.
 *
 * @param rates how much of each currency one euro buys
 */
public record ExchangeRates(Map<String, BigDecimal> rates) {
    /**
     * Copies the rates.
     *
     * @param rates how much of each currency one euro buys
     */
    public ExchangeRates {
        rates = Map.copyOf(rates);
    }

    /**
     * Converts an amount.
     *
     * @param amount in that currency
     * @param currency its code of three letters
     * @return the amount in euros, with cents
     * @throws IllegalArgumentException if there is no rate for the currency
     */
    public BigDecimal toEuro(BigDecimal amount, String currency) {
        BigDecimal rate = rates.get(currency);
        if (rate == null) {
            throw new IllegalArgumentException("there is no rate for " + currency);
        }
        return amount.divide(rate, 2, RoundingMode.HALF_EVEN);
    }
}
