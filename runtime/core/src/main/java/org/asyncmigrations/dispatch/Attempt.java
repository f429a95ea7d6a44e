package org.asyncmigrations.dispatch;

import java.sql.Connection;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.session.WrittenSql;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** An attempt as user code sees it. */
record Attempt(DSLContext dsl, Product product, long version, int attempt) implements MigrationRun {
    @Override
    public long execute(String sql, @Nullable Object... binds) {
        return WrittenSql.of(sql, product).execute(dsl, null, binds);
    }

    @Override
    public Connection connection() {
        return UserWork.connection(dsl);
    }
}
