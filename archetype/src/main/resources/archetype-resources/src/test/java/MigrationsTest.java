package ${package};

#if( $framework == "spring-boot" )
import ${package}.migrations.AsyncMigrationRegistry;
#end
import java.util.stream.Stream;
import org.asyncmigrations.testing.MigrationTests;
#if( $database != "postgresql" )
import org.junit.jupiter.api.AutoClose;
#end
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each migration twice, with a crash at each statement, next to other writers, and more. The final tables must be the same
 * each time.
 */
class MigrationsTest {
#if( $database == "postgresql" )
    @TestFactory
    Stream<DynamicNode> migrations() {
        return MigrationTests.of(#if( $framework == "spring-boot" )AsyncMigrationRegistry::builder#{else}Application::migrations#end)
                .onEmbeddedPostgres()
                .script("/#if( $framework == "spring-boot" )db/migration/V1__tables.sql#{else}schema.sql#end")
                .script("/customers.sql")
                .tests();
    }
#else
    @AutoClose
    private LocalDatabase database;

    @TestFactory
    Stream<DynamicNode> migrations() throws Exception {
        database = LocalDatabase.start();
        return MigrationTests.of(#if( $framework == "spring-boot" )AsyncMigrationRegistry::builder#{else}Application::migrations#end)
                .on(database.dataSource())
#if( $framework == "spring-boot" )
                .script("/db/migration/V1__tables.sql")
#end
                .script("/customers.sql")
                .tests();
    }
#end
}
