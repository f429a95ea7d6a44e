package org.asyncmigrations.batch;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.SettingsTools;

/** A condition as text for statements that are made without jOOQ. Without state, and so safe for threads. */
final class LiteralSql {
    /** Two backslashes, which are one for a server that takes the first to escape the second: a setting of each session. */
    private static final String BACKSLASHES = "select char_length('\\\\')";

    private LiteralSql() {}

    /** {@return the condition with its values as literals of this server} */
    static String of(Condition condition, DSLContext dsl) {
        boolean escapes = dsl.resultQuery(BACKSLASHES).fetchSingle(0, int.class) == 1;
        return dsl.configuration()
                .derive(SettingsTools.clone(dsl.settings())
                        .withBackslashEscaping(escapes ? BackslashEscaping.ON : BackslashEscaping.OFF))
                .dsl()
                .renderInlined(condition);
    }
}
