package org.asyncmigrations.benchmarks.dispatch;

import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/** Liquibase as applications call it, with a changelog on the class path. */
public final class LiquibaseStart implements Start {
    /** The changelog. */
    static final String CHANGELOG = "db/changelog.sql";

    /** For the measured JVM, which creates it. */
    public LiquibaseStart() {}

    @Override
    public Caller caller(DataSource pool) throws Exception {
        Liquibase liquibase = new Liquibase(
                CHANGELOG,
                new ClassLoaderResourceAccessor(),
                DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(new JdbcConnection(pool.getConnection())));
        return new Caller() {
            @Override
            public void call() throws LiquibaseException {
                liquibase.update(new Contexts());
            }

            @Override
            public void end() throws LiquibaseException {
                liquibase.close();
            }
        };
    }
}
