package org.asyncmigrations.session;

import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;
import org.jooq.conf.StatementType;
import org.jooq.conf.ThrowExceptions;

/** jOOQ's settings for our own statements on the user's tables. Stateless and thread-safe. */
final class OwnSettings {
    private OwnSettings() {}

    /** {@return the application's settings without its guards against mistakes, which leave out rows or refuse statements} */
    static Settings of(Settings users) {
        Settings own = SettingsTools.clone(users)
                .withMaxRows(0)
                .withQueryTimeout(0)
                .withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.IGNORE)
                .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.IGNORE)
                .withStatementType(StatementType.PREPARED_STATEMENT)
                // Only in the commercial editions, where it changes queries.
                .withTransformPatterns(false)
                .withThrowExceptions(ThrowExceptions.THROW_ALL);
        // Our own names are quoted explicitly; the user's names keep the user's setting.
        return own.getRenderQuotedNames() == RenderQuotedNames.NEVER
                ? own.withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                : own;
    }
}
