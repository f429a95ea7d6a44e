package org.asyncmigrations.example.quickstart.customer;

import org.jspecify.annotations.Nullable;

/**
 * Parses phone numbers as people type them: a service of the application that a migration needs. Immutable, and so thread-safe.
 *
 * @param homeCountry the calling code for numbers without one, such as {@code 49}
 */
public record PhoneNumbers(String homeCountry) {
    /** A shorter number would lack a part. */
    private static final int FEWEST_DIGITS = 8;

    /** The maximum of E.164. */
    private static final int MOST_DIGITS = 15;

    /**
     * Parses a number into E.164 format, such as {@code +493012345678}.
     *
     * @param typed the text as typed: {@code (030) 1234-5678}, {@code +49 (0)30 12345678}, {@code ask Anna}
     * @return the number, null if the text contains none
     */
    public @Nullable String e164(String typed) {
        boolean plus = typed.stripLeading().startsWith("+");
        String digits = digits(typed);
        if (plus || digits.startsWith("00")) {
            // The zero in "+49 (0)30" is dialled only within the country.
            String abroad = digits(typed.replace("(0)", ""));
            return checked(plus ? abroad : abroad.substring(2));
        }
        return digits.startsWith("0") ? checked(homeCountry + digits.substring(1)) : null;
    }

    private static String digits(String typed) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            if (character >= '0' && character <= '9') {
                digits.append(character);
            }
        }
        return digits.toString();
    }

    private static @Nullable String checked(String digits) {
        return digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS ? null : "+" + digits;
    }
}
