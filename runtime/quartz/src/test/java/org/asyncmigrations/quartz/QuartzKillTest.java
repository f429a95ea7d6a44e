package org.asyncmigrations.quartz;

import com.zaxxer.hikari.HikariDataSource;
import org.asyncmigrations.testing.worker.KillSuite;
import org.asyncmigrations.testing.worker.KilledNode;
import org.jooq.DSLContext;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Waits for Quartz to take a process for dead, again and again: runs with {@code -Dkills=2} or more alone. */
@EnabledIfSystemProperty(named = "kills", matches = "\\d+")
class QuartzKillTest extends KillSuite {
    public static void main(String[] url) throws Exception {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(url[0]);
        database.setUsername("postgres");
        KilledNode.run(database, new QuartzEngine(database));
    }

    @Override
    protected void createTables(DSLContext dsl) {
        QuartzEngine.createTables(dsl);
    }
}
