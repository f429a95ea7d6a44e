package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A data source beside which an application writes before each statement on the schema, and after it. */
final class BetweenStatements extends SentStatements {
    private final DSLContext application;
    private final Application writes;
    private int number;

    /** What the application does. */
    @FunctionalInterface
    interface Application {
        /** Writes, for the so manieth time. */
        void write(DSLContext dsl, int number);
    }

    private BetweenStatements(Fresh fresh, DSLContext application, Application writes) {
        super(TestDatabase.MARIADB, fresh.dataSource(), Cut.NEVER);
        this.application = application;
        this.writes = writes;
    }

    /** Runs a step. {@return how often the application has written} */
    static int run(Fresh fresh, Application writes, Consumer<Fresh> step) {
        try (Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            DSLContext dsl = DSL.using(connection, TestDatabase.MARIADB.dialect());
            BetweenStatements between = new BetweenStatements(fresh, dsl, writes);
            step.accept(new Fresh(between, fresh.dsl(), fresh.url(), fresh.user(), fresh.password(), () -> {}));
            return between.number;
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    boolean isHit(int at, String sql) {
        return sql.matches("(?is)set statement .*|select \\* from.*limit 1");
    }

    @Override
    @Nullable
    Object fault(Connection connection, Moment moment, Sending statement) throws Throwable {
        writes.write(application, ++number);
        Object result = statement.send();
        writes.write(application, ++number);
        return result;
    }
}
