package org.asyncmigrations.example.modules.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What currencies are worth: a service that a migration needs. Immutable, and so safe for threads.
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
     * @param currency its three letters
     * @return in euros and cents
     * @throws IllegalArgumentException for a currency without a rate
     */
    public BigDecimal toEuro(BigDecimal amount, String currency) {
        BigDecimal rate = rates.get(currency);
        if (rate == null) {
            throw new IllegalArgumentException("there is no rate for " + currency);
        }
        return amount.divide(rate, 2, RoundingMode.HALF_EVEN);
    }
}
