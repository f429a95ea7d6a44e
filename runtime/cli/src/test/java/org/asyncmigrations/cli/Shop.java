package org.asyncmigrations.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.TestCatalog;

/** An application with two migrations, stepped by hand, and a command line on its database. */
final class Shop implements AutoCloseable {
    static final long FILL = 20261121_093000L;
    static final long DROP = 20261124_070000L;

    /** What a command did. */
    record Ran(int code, String out, String err) {}

    final Fresh fresh;
    final ManualWorker worker = new ManualWorker();
    private final Map<String, String> env = new HashMap<>();
    private final Dispatcher migrations;

    private Shop(Fresh fresh, RegistryBuilder<Dispatcher> builder) {
        this.fresh = fresh;
        env.put("ASYNC_MIGRATIONS_URL", fresh.url());
        env.put("ASYNC_MIGRATIONS_USER", fresh.user());
        env.put("ASYNC_MIGRATIONS_PASSWORD", fresh.password());
        migrations = builder.worker(worker).application("shop").release("2.4.0").build();
    }

    /** {@return a shop whose first migration has nothing in its way, and has not begun} */
    static Shop in(TestDatabase database) {
        Fresh fresh = database.fresh();
        fresh.dsl().execute("create table orders (id int primary key, total int, cents int, check (cents < 1000))");
        fresh.dsl().execute("insert into orders values (1, 5, null), (2, 7, null), (3, 9, null)");
        SqlBackfill fill =
                () -> Backfill.of("orders", "id").pending("cents is null").set("cents", "total * 100");
        TestCatalog catalog = new TestCatalog()
                .with(MigrationEntry.async(FILL, "com.example.shop.FillOrderCents", By.DECLARATION, "f1"), () -> fill)
                .with(MigrationEntry.afterRelease(DROP, "com.example.shop.ForgetTokens", By.TRANSACTION, "f2"), () ->
                        (DataMigration) run -> {});
        Shop shop =
                new Shop(fresh, catalog.on(fresh.dataSource()).maxAttempts(1).rejectBudget(0));
        shop.migrations.dispatch();
        shop.worker.step();
        return shop;
    }

    /** Makes the first migration fail, with one reject. */
    void fail() {
        fresh.dsl().execute("update orders set total = 1000 where id = 2");
        worker.untilIdle();
    }

    Ran run(String... args) {
        return run(env, args);
    }

    static Ran run(Map<String, String> env, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, new PrintWriter(out), new PrintWriter(err), env);
        return new Ran(code, out.toString(), err.toString());
    }

    Map<String, String> env() {
        return env;
    }

    /** Closes the application; the database stays. */
    void stop() {
        migrations.close();
    }

    @Override
    public void close() {
        migrations.close();
        fresh.close();
    }
}
