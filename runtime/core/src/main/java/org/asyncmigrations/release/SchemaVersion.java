package org.asyncmigrations.release;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version of the schema, compared like Flyway's: part by part, so 12.3, 12_3, 012.3 and 12.3.0 are equal.
 *
 * @param parts the numbers, without trailing zeros
 */
record SchemaVersion(List<BigInteger> parts) implements Comparable<SchemaVersion> {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+([._][0-9]+)*");

    SchemaVersion {
        parts = List.copyOf(parts);
    }

    /** {@return whether a text is a version, and not the name of a change} */
    static boolean isVersion(String text) {
        return NUMBERS.matcher(text).matches();
    }

    static SchemaVersion of(String text) {
        List<BigInteger> parts = new ArrayList<>();
        for (String part : text.split("[._]")) {
            parts.add(new BigInteger(part));
        }
        while (!parts.isEmpty() && parts.get(parts.size() - 1).signum() == 0) {
            parts.remove(parts.size() - 1);
        }
        return new SchemaVersion(parts);
    }

    @Override
    public int compareTo(SchemaVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = part(i).compareTo(other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
