package org.asyncmigrations.example.modules.shop;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Map;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Mode;
import org.asyncmigrations.example.modules.accounts.LogIn;
import org.asyncmigrations.example.modules.billing.ExchangeRates;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The application. Its one registry migrates the tables of all modules. */
public final class Shop {
    private final JdbcConnectionPool pool;
    private final DSLContext dsl;
    private final PrintStream out;

    private Shop(JdbcConnectionPool pool, PrintStream out) {
        this.pool = pool;
        this.dsl = DSL.using(pool, SQLDialect.H2);
        this.out = out;
    }

    /**
     * Runs the example and ends the JVM: with 0 if all migrations are done, otherwise with 1.
     *
     * @param arguments none
     * @throws Exception if the database fails
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(System.out));
    }

    static int run(PrintStream out) throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:shop", "sa", "");
        try {
            Shop shop = new Shop(pool, out);
            Filling.fill(shop.dsl);
            return shop.migrate(new ExchangeRates(
                    Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("1.16"), "SEK", new BigDecimal("10.95"))));
        } finally {
            pool.dispose();
        }
    }

    private int migrate(ExchangeRates rates) throws InterruptedException {
        try (var migrations = AsyncMigrationRegistry.builder(pool, () -> () -> rates)
                .application("shop")
                .build()) {
            LogIn logIn = new LogIn(dsl, migrations.lowerEmails());
            out.println("users log in by " + logIn.column());

            out.println("\ndispatch(), while the old release still runs next to the new one");
            migrations.dispatch().await();
            out.println(migrations.status());
            out.println("users log in by " + logIn.column());
            out.println("the old release takes a last order");
            Filling.orderByOldRelease(dsl);

            out.println("\ndispatch(Mode.AFTER), now that the old release is gone");
            Dispatch dispatch = migrations.dispatch(Mode.AFTER);
            dispatch.await();
            out.println(migrations.status());
            out.println("the last order: "
                    + dsl.fetchSingle("select * from \"orders\" where \"id\" = 4001")
                            .intoMap());
            return dispatch.exitCode();
        }
    }
}
