package ${package};

import static ${package}.tables.Tables.CUSTOMER;
import static ${package}.tables.Tables.LOGIN_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Mode;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** What a release does to the data. */
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

    private static String normalized(DSLContext dsl, long id) {
        return dsl.select(CUSTOMER.EMAIL_NORMALIZED)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle()
                .value1();
    }
}
