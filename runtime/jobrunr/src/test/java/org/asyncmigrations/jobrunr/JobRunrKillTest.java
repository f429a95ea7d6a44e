package org.asyncmigrations.jobrunr;

import org.asyncmigrations.testing.worker.KillSuite;
import org.asyncmigrations.testing.worker.KilledNode;
import org.jooq.DSLContext;
import org.postgresql.ds.PGSimpleDataSource;

class JobRunrKillTest extends KillSuite {
    public static void main(String[] url) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url[0]);
        database.setUser("postgres");
        KilledNode.run(database, new JobRunrEngine(database));
    }

    @Override
    protected void createTables(DSLContext dsl) {
        JobRunrEngine.createTables(dsl);
    }
}
