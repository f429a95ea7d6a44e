package ${package};

import static ${package}.tables.Tables.CUSTOMER;
import static ${package}.tables.Tables.LOGIN_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
#if( $framework == "spring-boot" )
import static org.junit.jupiter.api.Assertions.assertTrue;
#end

#if( $framework == "spring-boot" )
import ${package}.migrations.AsyncMigrationRegistry;
#end
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Mode;
import org.jooq.DSLContext;
#if( $framework == "plain" )
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
#end
import org.junit.jupiter.api.Test;
#if( $framework == "spring-boot" )
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
#end

/** A release changes the data as expected. */
#if( $framework == "spring-boot" )
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "async-migrations.dispatch=manual")
@Import(LocalApplication.class)
class ApplicationTest {
    @Autowired
    private AsyncMigrationRegistry migrations;

    @Autowired
    private DSLContext dsl;

    @LocalServerPort
    private int port;

    @Test
    void oldTokensGoAfterTheReleaseAndEmailsBefore() throws Exception {
        Dispatch release = migrations.dispatch();
        assertEquals(Dispatch.Outcome.HELD, release.await(), release::message);

        assertEquals("customer.7@example.com", normalized(dsl, 7));
        assertNull(normalized(dsl, 10));
        assertEquals(20_000, dsl.fetchCount(LOGIN_TOKEN), "old instances may still read the old tokens");

        Dispatch after = migrations.dispatch(Mode.AFTER);
        assertEquals(Dispatch.Outcome.DONE, after.await(), after::message);
        assertEquals(10_000, dsl.fetchCount(LOGIN_TOKEN));
        assertTrue(actuator("health").contains("\"done\":2"), "the health has the migrations");
        assertTrue(actuator("asyncmigrations").contains("migrations.ForgetOldTokens"), "the endpoint has them all");
    }

    private String actuator(String endpoint) {
        return RestClient.create("http://localhost:" + port)
                .get()
                .uri("/actuator/" + endpoint)
                .retrieve()
                .body(String.class);
    }
#else
class ApplicationTest {
    @Test
    void oldTokensGoAfterTheReleaseAndEmailsBefore() throws Exception {
        try (LocalDatabase database = LocalDatabase.start()) {
            LocalDatabase.fill(database.dataSource(), 1_000);
            DSLContext dsl = DSL.using(database.dataSource(), SQLDialect.#if( $database == "postgresql" )POSTGRES#elseif( $database == "mariadb" )MARIADB#{else}H2#end);

            try (var migrations = Application.migrations(database.dataSource()).build()) {
                Dispatch release = migrations.dispatch();
                assertEquals(Dispatch.Outcome.HELD, release.await(), release::message);
            }

            assertEquals("customer.7@example.com", normalized(dsl, 7));
            assertNull(normalized(dsl, 10));
            assertEquals(2_000, dsl.fetchCount(LOGIN_TOKEN), "old instances may still read the old tokens");

            try (var migrations = Application.migrations(database.dataSource()).build()) {
                Dispatch after = migrations.dispatch(Mode.AFTER);
                assertEquals(Dispatch.Outcome.DONE, after.await(), after::message);
            }
            assertEquals(1_000, dsl.fetchCount(LOGIN_TOKEN));
        }
    }
#end

    private static String normalized(DSLContext dsl, long id) {
        return dsl.select(CUSTOMER.EMAIL_NORMALIZED)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle()
                .value1();
    }
}
