package org.asyncmigrations.product;

import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Describes the session that holds a lock, for people. Stateless and thread-safe. */
final class Blocker {
    /** Characters shown of a statement, enough to recognize it. */
    private static final int SHOWN = 80;

    private Blocker() {}

    /** {@return the first row of a query that returns number, user, client, program, seconds and statement; null for none} */
    static @Nullable String first(DSLContext dsl, String sql, Object session) {
        return dsl.fetch(sql, DSL.val(session)).stream()
                .findFirst()
                .map(Blocker::words)
                .orElse(null);
    }

    private static String words(Record row) {
        StringBuilder words = new StringBuilder("session " + row.get(0, String.class));
        String who = text(row, 1);
        String client = text(row, 2);
        String program = text(row, 3);
        words.append(who.isEmpty() ? "" : " of " + who + (client.isEmpty() ? "" : " at " + client));
        words.append(program.isEmpty() ? "" : " (" + program + ")");
        Long seconds = row.get(4, Long.class);
        words.append(seconds == null ? "" : String.format(Locale.ROOT, ", its transaction open for %,d s", seconds));
        String statement = text(row, 5).strip().replaceAll("\\s+", " ");
        String shown = statement.length() <= SHOWN ? statement : statement.substring(0, SHOWN) + " …";
        return words.append(shown.isEmpty() ? "" : ", last statement: " + Masked.text(shown))
                .toString();
    }

    private static String text(Record row, int column) {
        String text = row.get(column, String.class);
        return text == null ? "" : text;
    }
}
