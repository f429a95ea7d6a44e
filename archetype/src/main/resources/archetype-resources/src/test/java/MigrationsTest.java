package ${package};

import java.util.stream.Stream;
import org.asyncmigrations.testing.MigrationTests;
#if( $database != "postgresql" )
import org.junit.jupiter.api.AutoClose;
#end
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs each migration twice, through a crash at each statement, beside other writers, …: the tables must be the same each time. */
class MigrationsTest {
#if( $database == "postgresql" )
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(Application::migrations)
                .onEmbeddedPostgres()
                .script("/schema.sql")
                .script("/customers.sql")
                .tests();
    }
#else
    @AutoClose
    private LocalDatabase database;

    @TestFactory
    Stream<DynamicNode> migrations() throws Exception {
        database = LocalDatabase.start();
        return MigrationTests.of(Application::migrations)
                .on(database.dataSource())
                .script("/customers.sql")
                .tests();
    }
#end
}
