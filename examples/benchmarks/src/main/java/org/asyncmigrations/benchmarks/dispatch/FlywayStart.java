package org.asyncmigrations.benchmarks.dispatch;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Flyway with its defaults: scripts in {@code db/migration} on the class path. */
public final class FlywayStart implements Start {
    /** For the measured JVM, which creates it. */
    public FlywayStart() {}

    @Override
    public Caller caller(DataSource pool) {
        Flyway flyway = Flyway.configure().dataSource(pool).load();
        return flyway::migrate;
    }
}
