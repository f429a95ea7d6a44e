package org.asyncmigrations.dbscheduler;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.asyncmigrations.testing.worker.KillSuite;
import org.asyncmigrations.testing.worker.KilledNode;
import org.jooq.DSLContext;

class DbSchedulerKillTest extends KillSuite {
    public static void main(String[] url) throws Exception {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(url[0]);
        database.setUsername("postgres");
        // The engine notices a dead process after six of them.
        KilledNode.run(database, new DbSchedulerEngine(database, Duration.ofMillis(500)));
    }

    @Override
    protected void createTables(DSLContext dsl) {
        DbSchedulerEngine.createTables(dsl);
    }
}
