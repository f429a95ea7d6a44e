package org.asyncmigrations.example.modules.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.Mode;
import org.asyncmigrations.example.modules.accounts.LogIn;
import org.asyncmigrations.example.modules.billing.ExchangeRates;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ShopTest {
    private static final ExchangeRates RATES =
            new ExchangeRates(Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("1.10"), "SEK", BigDecimal.TEN));

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:shop-test", "sa", "");
    private final DSLContext dsl = DSL.using(pool, SQLDialect.H2);

    @BeforeEach
    void fill() throws IOException {
        Filling.fill(dsl);
    }

    @AfterEach
    void close() {
        dsl.execute("drop all objects");
        pool.dispose();
    }

    @Test
    void theApplicationEndsWithAllMigrationsDone() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exit = Shop.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(printed)
                .containsPattern("LowerEmails +async +done +2,000 ")
                .containsPattern("LinkOrders +async +done +2,000 ")
                .containsPattern("ConvertToEuro +async +done +5,000 ")
                .containsPattern("ForgetOrderEmails +after_release +created +0 ")
                .containsPattern("ForgetOrderEmails +after_release +done +2,001 ");
        assertThat(exit).as(printed).isZero();
    }

    @Test
    void theMigrationsOfAllModulesRunInTheOrderOfTheirVersions() throws InterruptedException {
        try (AsyncMigrationRegistry migrations = registry()) {
            migrations.dispatch(Mode.AFTER).await();
        }

        // A negative version is the sealing walk before the after-release migration.
        assertThat(started())
                .containsExactly(
                        20261201_090000L,
                        20261202_090000L,
                        20261203_090000L,
                        -20261201_090000L,
                        -20261202_090000L,
                        20261204_090000L);
        assertThat(dsl.fetchValue("select \"amount_euro\" from \"invoices\" where \"id\" = 1000"))
                .hasToString("9.09");
    }

    @Test
    void whatAnAfterReleaseMigrationNamesIsWalkedOnceMoreWhateverModuleItIsIn() throws InterruptedException {
        try (AsyncMigrationRegistry migrations = registry()) {
            migrations.dispatch(Mode.BEFORE).await();
            Filling.orderByOldRelease(dsl);
            migrations.dispatch(Mode.AFTER).await();
        }

        Record last = dsl.fetchOne("select * from \"orders\" where \"id\" = 4001");
        assertThat(last.get("user_id")).isEqualTo(2001L);
        assertThat(last.get("email")).isNull();
    }

    @Test
    void aLibraryIsGivenTheHandleOfItsMigration() throws InterruptedException {
        try (AsyncMigrationRegistry migrations = registry()) {
            LogIn logIn = new LogIn(dsl, migrations.lowerEmails());
            assertThat(logIn.column().getName()).isEqualTo("lower");
            assertThat(logIn.find("USER2@example.org")).isEqualTo(2);

            migrations.dispatch(Mode.BEFORE).await();

            assertThat(logIn.column().getName()).isEqualTo("email_lower");
            assertThat(logIn.find("USER2@example.org")).isEqualTo(2);
        }
    }

    private AsyncMigrationRegistry registry() {
        return AsyncMigrationRegistry.builder(pool, () -> () -> RATES).build();
    }

    private List<Long> started() {
        AsyncMigrationEvents events = AsyncMigrationEvents.ASYNC_MIGRATION_EVENTS;
        return dsl.select(events.VERSION)
                .from(events)
                .where(events.EVENT.eq("started"))
                .orderBy(events.HAPPENED_AT)
                .fetch(events.VERSION);
    }
}
