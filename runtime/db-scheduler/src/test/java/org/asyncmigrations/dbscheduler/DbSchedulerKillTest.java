package org.asyncmigrations.dbscheduler;

import java.time.Duration;
import org.asyncmigrations.testing.worker.KillSuite;
import org.asyncmigrations.testing.worker.KilledNode;
import org.jooq.DSLContext;
import org.postgresql.ds.PGSimpleDataSource;

class DbSchedulerKillTest extends KillSuite {
    public static void main(String[] url) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url[0]);
        database.setUser("postgres");
        // The engine notices a dead process after six of them.
        KilledNode.run(database, new DbSchedulerEngine(database, Duration.ofMillis(500)));
    }

    @Override
    protected void createTables(DSLContext dsl) {
        DbSchedulerEngine.createTables(dsl);
    }
}
