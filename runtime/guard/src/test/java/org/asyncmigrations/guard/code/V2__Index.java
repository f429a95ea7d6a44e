package org.asyncmigrations.guard.code;

import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** For Flyway to find. */
public final class V2__Index extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("create index concurrently i on orders (status)");
        }
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }
}
