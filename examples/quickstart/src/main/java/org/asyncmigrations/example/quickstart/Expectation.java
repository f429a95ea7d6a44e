package org.asyncmigrations.example.quickstart;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.example.quickstart.customer.Customer;
import org.jspecify.annotations.Nullable;

/** The expected values of the new columns, computed differently than in the migrations: without SQL and without their code. */
final class Expectation {
    private static final Pattern NUMBER = Pattern.compile("[^0-9+]*(\\+|00|0)(.*)");
    private static final Pattern SPACES = Pattern.compile("^ +| +$");

    private Expectation() {}

    static boolean isMet(
            Customer customer, @Nullable String normalized, @Nullable String e164, @Nullable String source) {
        return Objects.equals(normalized, normalized(customer.email()))
                && Objects.equals(e164, e164(customer.phone()))
                && Objects.equals(source, customer.phone());
    }

    private static @Nullable String normalized(@Nullable String email) {
        String lower = email == null ? "" : SPACES.matcher(email).replaceAll("").toLowerCase(Locale.ROOT);
        return lower.isEmpty() ? null : lower;
    }

    private static @Nullable String e164(@Nullable String phone) {
        Matcher number = NUMBER.matcher(phone == null ? "" : phone);
        if (!number.matches()) {
            return null;
        }
        boolean athome = number.group(1).equals("0");
        String rest = athome ? "49" + number.group(2) : number.group(2).replace("(0)", "");
        String digits = rest.replaceAll("[^0-9]", "");
        return digits.matches("[0-9]{8,15}") ? "+" + digits : null;
    }
}
