package org.asyncmigrations.batch;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.SettingsTools;

/** Renders a condition as text, for statements that are sent without jOOQ. Stateless and thread-safe. */
final class LiteralSql {
    /** Measures two backslashes. Their length is 1 if the server uses the backslash as an escape, which is a setting of each session. */
    private static final String BACKSLASHES = "select char_length('\\\\')";

    private LiteralSql() {}

    /** {@return the condition with its values as literals for this server} */
    static String of(Condition condition, DSLContext dsl) {
        boolean escapes = dsl.resultQuery(BACKSLASHES).fetchSingle(0, int.class) == 1;
        return dsl.configuration()
                .derive(SettingsTools.clone(dsl.settings())
                        .withBackslashEscaping(escapes ? BackslashEscaping.ON : BackslashEscaping.OFF))
                .dsl()
                .renderInlined(condition);
    }
}
