package org.asyncmigrations.guard;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.guard.Migration.Code;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;
import org.jspecify.annotations.Nullable;

/** Async migrations that change the schema, which {@code @ChangesSchema} allows them: each statement that they send is judged. */
public final class DataMigrations extends Migrations {
    private final List<DataMigration> migrations;
    private final boolean isTransactional;

    private DataMigrations(List<DataMigration> migrations, boolean isTransactional) {
        this.migrations = migrations;
        this.isTransactional = isTransactional;
    }

    /**
     * Migrations that are not released, each in a transaction of its own.
     *
     * @param migrations in the order of their versions
     * @return the migrations
     */
    public static DataMigrations of(DataMigration... migrations) {
        return new DataMigrations(List.of(migrations), true);
    }

    /**
     * As for {@code @AfterRelease(transactional = false)}.
     *
     * @return these migrations, without transactions
     */
    public DataMigrations notTransactional() {
        return new DataMigrations(migrations, false);
    }

    @Override
    List<Migration> read(boolean mySql) {
        return migrations.stream()
                .map(migration -> new Migration(false, code(migration)))
                .toList();
    }

    private Code code(DataMigration migration) {
        JavaPlace place = new JavaPlace(migration.getClass().getName());
        return new Code(
                List.of(),
                place.whole(),
                place::find,
                isTransactional,
                connection -> migration.migrate(new Run(connection)));
    }

    /** The first attempt. */
    private record Run(Connection connection) implements MigrationRun {
        @Override
        public DSLContext dsl() {
            return DSL.using(connection, JDBCUtils.dialect(connection));
        }

        @Override
        public long execute(String sql, @Nullable Object... binds) {
            return dsl().execute(sql, Stream.of(binds).toArray());
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public int attempt() {
            return 1;
        }
    }
}
