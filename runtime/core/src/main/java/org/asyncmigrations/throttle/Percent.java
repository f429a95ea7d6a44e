package org.asyncmigrations.throttle;

import java.math.BigDecimal;

/** A share in words. */
final class Percent {
    private Percent() {}

    /** {@return such as "12.5 %"} */
    static String of(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
