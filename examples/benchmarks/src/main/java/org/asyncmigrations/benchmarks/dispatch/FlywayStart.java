package org.asyncmigrations.benchmarks.dispatch;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Flyway as it is by default: scripts in {@code db/migration} of the class path. */
public final class FlywayStart implements Start {
    /** Made by the JVM that is measured. */
    public FlywayStart() {}

    @Override
    public Caller caller(DataSource pool) {
        Flyway flyway = Flyway.configure().dataSource(pool).load();
        return flyway::migrate;
    }
}
