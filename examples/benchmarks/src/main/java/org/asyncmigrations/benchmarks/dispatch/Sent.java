package org.asyncmigrations.benchmarks.dispatch;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement, as it reached the server. The beginning and the end of a transaction are statements too.
 *
 * @param session the connection that sent it
 * @param text its first line
 */
record Sent(long session, String text) {
    /** Statements that block others, or may have to wait for them. */
    private static final Pattern IN_THE_WAY = Pattern.compile(
            "^\\s*(insert|update|delete|merge|create|alter|drop|truncate|lock)\\b|\\bfor (no key )?update\\b|advisory",
            Pattern.CASE_INSENSITIVE);

    boolean locksOrChanges() {
        return IN_THE_WAY.matcher(text).find();
    }

    /** {@return the statements of a start, after its connections were opened} */
    static List<Sent> ofStart(List<Sent> all) {
        int opened = 0;
        for (int i = 0; i < all.size(); i++) {
            opened = all.get(i).text().equals(MeasuredStart.FROM_HERE) ? i + 1 : opened;
        }
        return all.subList(opened, all.size());
    }
}
